package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.app.CarriedConnectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the HTTP servers may listen, and what counts as a login. */
class ListenRuleTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws Exception {
        Files.writeString(folder.resolve("users"), "user.ann = secret,all\n");
    }

    private List<String> faults(String file, String... pairs) throws Exception {
        SettingsException e = catchThrowableOfType(SettingsException.class, () -> load(file, pairs));
        return e == null ? List.of() : e.faults();
    }

    private Settings load(String file, String... pairs) throws Exception {
        Files.writeString(folder.resolve("application.properties"), file.replace(';', '\n'));
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return Settings.load(folder, environment, new CarriedConnectors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "::1", "localhost", " 127.0.0.1 "})
    void loopbackNeedsNothing(String host) throws Exception {
        Settings settings = load("", "HTTP_HOST", host);

        assertThat(settings.httpOpen()).isFalse();
        assertThat(settings.properties().getProperty("http.host")).isEqualTo(host.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "0", "192.0.2.1", "192.0.2.7", "2001:db8::1", "::ffff:0.0.0.0"})
    void othersNeedALoginOrAWord(String host) throws Exception {
        assertThat(faults("", "HTTP_HOST", host))
                .singleElement()
                .asString()
                .startsWith("HTTP_HOST is \"" + host + "\", which others can reach without a login; ")
                .contains("HTTP_OPEN=true", "camel.server.basicPropertiesFile");
        assertThat(load("", "HTTP_HOST", host, "HTTP_OPEN", "true").httpOpen()).isTrue();
        assertThat(load(
                                "camel.server.authenticationEnabled=true;camel.server.basicPropertiesFile=users",
                                "HTTP_HOST",
                                host)
                        .httpOpen())
                .isFalse();
    }

    @Test
    void tokensAreALogin() throws Exception {
        String line = "ann read sha256:" + "0".repeat(64);
        Files.writeString(folder.resolve("tokens"), line);

        assertThat(load("", "HTTP_HOST", "0.0.0.0", "HTTP_TOKENS", line).httpOpen())
                .isFalse();
        assertThat(load("http.tokens.file=tokens", "HTTP_HOST", "0.0.0.0").httpOpen())
                .isFalse();
        assertThat(faults("http.tokens.file=nosuch", "HTTP_HOST", "0.0.0.0"))
                .containsExactly(folder.resolve("nosuch") + " cannot be read: it does not exist");
        assertThat(faults("", "HTTP_TOKENS", "ann read sha256:secret"))
                .singleElement()
                .asString()
                .startsWith("HTTP_TOKENS:1: the third word is not sha256:")
                .doesNotContain("secret");
        assertThat(faults(
                        "camel.server.authenticationEnabled=true;camel.server.basicPropertiesFile=users",
                        "HTTP_TOKENS",
                        line))
                .singleElement()
                .asString()
                .contains("and there are tokens (HTTP_TOKENS_FILE, HTTP_TOKENS)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camel.server.host=0.0.0.0 | camel.server.host is \"0.0.0.0\"",
                "CAMEL.SERVER.HOST=0.0.0.0 | camel.server.host is \"0.0.0.0\"",
                "camel.management.port=9;camel.management.host=:: | camel.management.host is \"::\"",
                "camel.server.enabled=false;camel.management.host=:: | camel.management.host is \"::\"",
                "camel.server.authentication-enabled=true | without a login to check",
                "camel.server.authenticationEnabled=true;camel.server.basicPropertiesFile=nosuch | "
                        + "\"nosuch\"; it must be a file",
                "camel.server.authenticationEnabled=true;camel.server.jwtKeystoreType=jks | jwtKeystorePath is \"\"",
            })
    void camelsKeysAreLookedAt(String keys, String line) throws Exception {
        assertThat(faults(keys)).singleElement().asString().contains(line);
    }

    @ParameterizedTest
    @CsvSource({"/strategy/*, 1", "/price, 1", "/*, 0", "/, 0", "'', 0"})
    void aLoginForPartOfThePathsIsNone(String path, int faults) throws Exception {
        String login = "camel.server.authenticationEnabled=true;camel.server.basicPropertiesFile=users;"
                + "camel.server.authenticationPath=";

        assertThat(faults(login + path, "HTTP_HOST", "0.0.0.0"))
                .hasSize(faults)
                .allMatch(fault -> fault.contains("leaves paths without a login"));
        assertThat(faults(login + path)).isEmpty();
    }

    @Test
    void anotherNameOfCamelsEnvironmentCounts() throws Exception {
        assertThat(faults("", "CAMEL_SERVER_HOST", "0.0.0.0")).hasSize(1);
    }

    @Test
    void aLoginThatIsSwitchedOffIsNone() throws Exception {
        assertThat(faults(
                        "camel.server.authenticationEnabled=false;camel.server.basicPropertiesFile=users",
                        "HTTP_HOST",
                        "0.0.0.0"))
                .singleElement()
                .asString()
                .contains("can reach without a login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://feed.example", "feed.example:8080", "[::1]:80", "a b", "*.example", "ann@feed"})
    void namesThatAreNone(String names) throws Exception {
        assertThat(faults("", "HTTP_NAMES", names))
                .singleElement()
                .asString()
                .startsWith("HTTP_NAMES is \"" + names + "\"; ");
    }

    @Test
    void namesOfThisServer() throws Exception {
        assertThat(load("", "HTTP_NAMES", "feed, Feed.Example ,192.168.1.7,[2001:db8::1],my_feed")
                        .httpNames())
                .containsExactly("127.0.0.1", "feed", "Feed.Example", "192.168.1.7", "[2001:db8::1]", "my_feed");
    }
}
