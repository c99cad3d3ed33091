package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The HTTP port is reachable from other machines only behind a login, or by an explicit setting. */
@ExtendWith(JarExtension.class)
class HttpListenIT {

    private static final String LOGIN =
            """
            camel.server.authenticationEnabled = true
            camel.server.basicPropertiesFile = users.properties
            """;

    /** The other addresses, keys and logins are those of ListenRuleTest. */
    @Test
    void publicAddressIsRejected(Jar jar) throws Exception {
        jar.with("HTTP_HOST", "0.0.0.0");

        for (String command : List.of("run", "check")) {
            assertThat(jar.run(command)).isEqualTo(78);
            assertThat(jar.log())
                    .singleElement()
                    .asString()
                    .startsWith("error: HTTP_HOST is \"0.0.0.0\", which others can reach without a login; ")
                    .contains("HTTP_OPEN=true", "HTTP_TOKENS_FILE", "camel.server.basicPropertiesFile");
        }
        assertThat(jar.text("out")).isEmpty();
    }

    /** One of the two servers listens on a name of this machine only. */
    @Test
    void nameOfAPublicAddressIsRejected(Jar jar) throws Exception {
        jar.write("hosts", "127.0.0.1 here.lan\n192.0.2.7 feed.lan\n127.0.0.1 feed.lan\n");
        jar.write("application.properties", "camel.management.port = 9\ncamel.management.host = here.lan\n");
        jar.with("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=hosts");

        assertThat(jar.with("HTTP_HOST", "feed.lan").run("check")).isEqualTo(78);
        assertThat(jar.log("^error: "))
                .singleElement()
                .asString()
                .startsWith("error: HTTP_HOST is \"feed.lan\", which others can reach");
    }

    @Test
    void loginProtectsEveryPathButThoseOfProbes(Jar jar) throws Exception {
        jar.write("users.properties", "user.ann = secret,all\n");
        jar.write("application.properties", LOGIN);
        jar.script("status connected; trade 1; idle")
                .with("HTTP_HOST", "0.0.0.0")
                .start();
        String login = "Authorization: Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes());
        String wrong = "Authorization: Basic " + Base64.getEncoder().encodeToString("ann:guess".getBytes());

        for (String path : List.of(
                "/price",
                "/ws/health",
                "/health",
                "/live/x",
                "/observe/health",
                "/observe/metrics",
                "/dead-letters",
                "/strategy/status",
                "/openapi.json",
                "/ws/stream",
                "/nosuch",
                "//price")) {
            for (String header : List.of("X: none", wrong)) {
                RawHttp refusal = RawHttp.send(jar.port(), "", "GET " + path + " HTTP/1.1", "Host: localhost", header);
                HttpAccessIT.assertRefused(401, "the credentials are missing or wrong", refusal);
                assertThat(refusal.head()).containsIgnoringCase("\r\nWWW-Authenticate: Basic ");
            }
        }
        Jar.soon().until(() -> status(jar, "/price", login) == 200);
        assertThat(status(jar, "/live", "X: none")).isEqualTo(200);
        assertThat(status(jar, "/ready", "X: none")).isIn(200, 503);
        assertThat(status(jar, "/observe/metrics", login)).isEqualTo(200);
        assertThat(status(jar, "/ws/stream", login)).isEqualTo(426);
        assertThat(RawHttp.send(jar.port(), "", "GET /price HTTP/1.1", "Host: evil.example", login)
                        .status())
                .isEqualTo(421);
        assertThat(jar.log(" WARN .*http_open")).isEmpty();
        jar.stop();
    }

    @Test
    void openPortIsWarnedAboutOnce(Jar jar) throws Exception {
        jar.script("status connected; trade 1; idle")
                .with("HTTP_HOST", "0.0.0.0")
                .with("HTTP_OPEN", "true")
                .start();

        Jar.soon().until(() -> status(jar, "/price", "X: none") == 200);
        assertThat(jar.log(" WARN .*http_open host=0\\.0\\.0\\.0 port=" + jar.port()))
                .hasSize(1);
        assertThat(RawHttp.send(jar.port(), "", "GET /price HTTP/1.1", "Host: evil.example")
                        .status())
                .isEqualTo(421);
        jar.stop();
    }

    private static int status(Jar jar, String path, String header) throws Exception {
        return RawHttp.send(jar.port(), "", "GET " + path + " HTTP/1.1", "Host: localhost", header)
                .status();
    }
}
