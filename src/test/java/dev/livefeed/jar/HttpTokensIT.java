package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With tokens, every path but the two of probes wants one, or a session that was opened with one. */
@ExtendWith(JarExtension.class)
class HttpTokensIT {

    private static final Pattern COOKIE = Pattern.compile("(?i)\r\nset-cookie: (livefeed-\\d+=[\\w-]+); (.*)");
    private static final Map<String, String> TOKENS = new HashMap<>();

    @BeforeAll
    static void start(Jar jar) throws Exception {
        for (String name : List.of("ann trade", "bob read", "cy read")) {
            String[] words = name.split(" ");
            assertThat(jar.run("token", words[0], words[1], "--file", "tokens")).isZero();
            TOKENS.put(words[0], jar.text("out").strip());
        }
        jar.script("status connected; i=0; while :; do i=$((i + 1)); trade $i; sleep 0.1; done")
                .with("HTTP_HOST", "0.0.0.0")
                .with("HTTP_TOKENS_FILE", "tokens")
                .with("STREAM_ORIGINS", "https://listed.example")
                .start();
        Jar.soon().until(() -> get(jar, "/price", bearer("bob")).status() == 200);
    }

    private static String bearer(String name) {
        return "Authorization: Bearer " + TOKENS.get(name);
    }

    private static RawHttp get(Jar jar, String path, String... headers) throws IOException {
        return send(jar, "GET", path, "", headers);
    }

    private static RawHttp send(Jar jar, String method, String path, String body, String... headers)
            throws IOException {
        String[] lines = new String[headers.length + 4];
        lines[0] = method + ' ' + path + " HTTP/1.1";
        lines[1] = "Host: localhost:" + jar.port();
        lines[2] = "Content-Length: " + body.length();
        lines[3] = "Content-Type: application/json";
        System.arraycopy(headers, 0, lines, 4, headers.length);
        return RawHttp.send(jar.port(), body, lines);
    }

    private static RawHttp signIn(Jar jar, String name, String... headers) throws IOException {
        return send(jar, "POST", "/session", "{\"token\":\"" + TOKENS.get(name) + "\"}", headers);
    }

    private static Matcher cookie(RawHttp answer) {
        Matcher cookie = COOKIE.matcher(answer.head());
        assertThat(cookie.find()).as(answer.head()).isTrue();
        return cookie;
    }

    @Test
    void everyPathButThoseOfProbesWantsAToken(Jar jar) throws Exception {
        for (String path : List.of(
                "/",
                "/price",
                "//price",
                "/ws/health",
                "/health",
                "/observe/health",
                "/observe/metrics",
                "/dead-letters",
                "/strategy/status",
                "/openapi.json",
                "/docs/",
                "/index.html",
                "/web/app.js",
                "/ws/stream",
                "/stream",
                "/schemas/stream.json",
                "/session",
                "/sign-in/../price",
                "/live/x",
                "/nosuch")) {
            RawHttp refusal = get(jar, path);
            HttpAccessIT.assertRefused(401, "a token is missing; send Authorization: Bearer TOKEN", refusal);
            assertThat(refusal.head()).containsIgnoringCase("\r\nWWW-Authenticate: Bearer realm=\"livefeed\"");
            if (path.equals("/stream")) {
                continue; // its answer has no end
            }
            assertThat(get(jar, path, bearer("cy")).status()).as(path).isIn(200, 302, 404, 426, 503);
        }
        assertThat(get(jar, "/live").status()).isEqualTo(200);
        assertThat(get(jar, "/ready").status()).isIn(200, 503);
        assertThat(send(jar, "POST", "/live", "").status()).isEqualTo(401);
        assertThat(send(jar, "POST", "/strategy/pause", "x", "Content-Type: text/plain")
                        .status())
                .isEqualTo(401);
        assertThat(get(jar, "/price", "Host: evil.example").status()).isIn(400, 421);
    }

    @Test
    void changesNeedTheScopeTrade(Jar jar) throws Exception {
        RawHttp refusal = send(jar, "POST", "/strategy/pause", "", bearer("bob"));
        HttpAccessIT.assertRefused(403, "the token bob has the scope read; this request needs trade", refusal);
        assertThat(refusal.head()).containsIgnoringCase("error=\"insufficient_scope\", scope=\"trade\"");

        assertThat(send(jar, "POST", "/strategy/pause", "", bearer("ann")).status())
                .isEqualTo(200);
        assertThat(send(jar, "POST", "/strategy/resume", "", bearer("ann")).status())
                .isEqualTo(200);
    }

    @Test
    void theStreamWantsATokenInBothForms(Jar jar) throws Exception {
        String session = "Cookie: " + cookie(signIn(jar, "bob")).group(1);
        assertThat(upgrade(jar, "X: none").status()).isEqualTo(401);
        assertThat(upgrade(jar, bearer("bob")).status()).isEqualTo(101);
        assertThat(upgrade(jar, session).status()).isEqualTo(101);
        for (String login : List.of(session, bearer("bob"))) {
            assertThat(upgrade(jar, login + "\r\nOrigin: http://evil.example").status())
                    .isEqualTo(403);
            assertThat(upgrade(jar, login + "\r\nOrigin: https://listed.example")
                            .status())
                    .isEqualTo(101);
        }
        assertThat(upgrade(jar, "Origin: https://listed.example").status()).isEqualTo(401);
    }

    private static RawHttp upgrade(Jar jar, String login) throws IOException {
        return RawHttp.send(
                jar.port(),
                "",
                "GET /ws/stream?channels=status HTTP/1.1",
                "Host: localhost:" + jar.port(),
                login,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Test
    void aBrowserExchangesItsTokenForASession(Jar jar) throws Exception {
        RawHttp page = get(jar, "/", "Accept: text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(401);
        assertThat(page.body()).contains("<form id=\"sign-in\">").doesNotContain("<style", "style=\"", "onclick");
        assertThat(page.head())
                .containsIgnoringCase("\r\nContent-Security-Policy: default-src 'none'; script-src 'self';")
                .containsIgnoringCase("\r\nCache-Control: no-store");
        for (String file : List.of("/sign-in/page.css", "/sign-in/start.js")) {
            assertThat(page.body()).contains(file);
            assertThat(get(jar, file).status()).isEqualTo(200);
        }

        RawHttp signed = signIn(jar, "ann", "Origin: http://localhost:" + jar.port());
        assertThat(signed.status()).isEqualTo(200);
        assertThat(signed.body()).isEqualTo("{\"name\":\"ann\",\"scope\":\"trade\"}");
        Matcher cookie = cookie(signed);
        assertThat(cookie.group(2))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict", "Path=/", "Max-Age=43200");
        String session = "Cookie: " + cookie.group(1);
        assertThat(get(jar, "/price", session).status()).isEqualTo(200);
        assertThat(get(jar, "/session", session).body()).isEqualTo("{\"name\":\"ann\",\"scope\":\"trade\"}");
        for (String type : List.of("text/html", "application/json", "text/event-stream")) {
            assertThat(get(jar, "/", session, "Accept: " + type).status()).isEqualTo(200);
        }
        assertThat(send(jar, "POST", "/strategy/resume", "", session).status()).isEqualTo(200);
        assertThat(send(jar, "POST", "/strategy/resume", "", session, "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);

        assertThat(send(jar, "DELETE", "/session", "", session).status()).isEqualTo(204);
        assertThat(get(jar, "/price", session).status()).isEqualTo(401);
    }

    @Test
    void behindAProxyWithTlsTheCookieIsSecure(Jar jar) throws Exception {
        RawHttp signed = send(
                jar,
                "POST",
                "/session",
                "{\"token\":\"" + TOKENS.get("ann") + "\"}",
                "Origin: https://localhost:" + jar.port());

        assertThat(signed.head()).containsPattern("(?i)\r\nset-cookie: __Host-livefeed-\\d+=.*; Secure");
    }

    @Test
    void otherPagesCannotSignIn(Jar jar) throws Exception {
        assertThat(signIn(jar, "ann", "Origin: http://evil.example").status()).isEqualTo(403);
        assertThat(send(jar, "POST", "/session", "{\"token\":1}").status()).isEqualTo(400);
        assertThat(send(jar, "POST", "/session", "x".repeat(5_000)).status()).isEqualTo(413);
    }

    @Test
    void wrongTokensAreLimitedByAddress(Jar jar) throws Exception {
        String request = "GET /price HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer guess\r\n\r\n";
        String answers = "";
        try (Socket socket = new Socket("127.0.0.1", jar.port(), InetAddress.getByName("127.0.0.9"), 0)) {
            socket.setSoTimeout(10_000);
            byte[] part = new byte[8192];
            for (int i = 1; i <= 11; i++) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                while (answers.split("\"error\"", -1).length <= i) {
                    int length = socket.getInputStream().read(part);
                    assertThat(length).isPositive();
                    answers += new String(part, 0, length, StandardCharsets.ISO_8859_1);
                }
            }
        }
        assertThat(answers.split("HTTP/1.1 401 ", -1)).hasSize(11);
        assertThat(answers)
                .containsOnlyOnce("HTTP/1.1 429 ")
                .containsPattern("(?i)\r\nretry-after: [1-6]\r\n")
                .contains("wrong credentials were sent too often from this address; wait ");
        assertThat(get(jar, "/price", bearer("bob")).status()).isEqualTo(200);
        Jar.soon().until(() -> !jar.log(" WARN .*http_login_failed requests=").isEmpty());
    }

    @Test
    void tailTakesTheTokenFromTheEnvironment(Jar jar) throws Exception {
        for (String token : List.of(TOKENS.get("bob"), "guess")) {
            TailRun tail = TailRun.ofOneMessage(jar, "http://127.0.0.1:" + jar.port(), Map.of("LIVEFEED_TOKEN", token));
            if (token.equals("guess")) {
                assertThat(tail.exitStatus()).isEqualTo(69);
                assertThat(tail.err()).contains("401: the token is wrong").doesNotContain("guess");
            } else {
                assertThat(tail.exitStatus()).as(tail.err()).isZero();
                assertThat(tail.out()).contains("\"type\":\"trade\"");
            }
        }
    }

    /** In one test, since the file is that of all. */
    @Test
    void theFileIsReadAgainAndARemovedTokenEndsItsStreams(Jar jar) throws Exception {
        Path file = jar.folder().resolve("tokens");
        String good = Files.readString(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Socket stream = new Socket("127.0.0.1", jar.port())) {
            stream.setSoTimeout(30_000);
            stream.getOutputStream()
                    .write(("GET /stream?channels=status HTTP/1.1\r\nHost: localhost\r\n" + bearer("cy") + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(stream.getInputStream().read()).isEqualTo('H');

            Files.writeString(file, "nonsense\n");
            Jar.soon().until(() -> get(jar, "/ws/health", bearer("cy"))
                    .body()
                    .contains("HTTP_TOKENS_FILE is not loaded, the earlier tokens stay valid"));
            assertThat(jar.log(" ERROR .*http_tokens_not_loaded")).hasSize(1);

            Files.writeString(file, good.replaceAll("(?m)^cy .*\n", ""));
            Jar.soon().until(() -> get(jar, "/price", bearer("cy")).status() == 401);
            assertThat(stream.getInputStream().readAllBytes()).isNotEmpty();
        }
        assertThat(get(jar, "/ws/health", bearer("bob")).body()).doesNotContain("HTTP_TOKENS_FILE");
        Files.writeString(file, good);
        Jar.soon().until(() -> get(jar, "/price", bearer("cy")).status() == 200);
    }

    @Test
    void secretsAppearNowhere(Jar jar) throws Exception {
        String session = cookie(signIn(jar, "ann")).group(1).replaceAll(".*=", "");
        String seen = jar.text("err")
                + jar.text("out")
                + get(jar, "/ws/health", bearer("ann")).body()
                + get(jar, "/observe/metrics", bearer("ann")).body()
                + Files.readString(Path.of("/proc/" + jar.pid() + "/cmdline"));

        String file = Files.readString(jar.folder().resolve("tokens"));
        List<String> hashes = Pattern.compile("[0-9a-f]{64}")
                .matcher(file)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(hashes).hasSize(TOKENS.size());
        assertThat(seen).doesNotContain(TOKENS.values()).doesNotContain(hashes).doesNotContain(session);
        assertThat(file).doesNotContain(TOKENS.values());
    }
}
