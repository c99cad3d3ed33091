package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that a foreign web page can make a browser send are rejected on every path. */
@ExtendWith(JarExtension.class)
class HttpAccessIT {

    private static final String FEED =
            """
            printf '{"type":"depth","timestamp":%s000,"bids":[["99","5000"]],"asks":[["101","5000"]],\
            "last_update_id":1}\\n' "$(date +%s)"
            trade 1 100
            status connected
            while read -r command; do :; done
            """;
    private static final String OWN_ROUTE =
            """
            - route:
                id: %s
                from:
                  uri: platform-http:/%s
                  steps:
                    - log: "%s_called"
                    - setBody:
                        constant: %s
                    - removeHeaders:
                        pattern: "*"
            """;
    /** Errors of the server and of a route that do not come from an operation of the contract. */
    private static final String ODD_ROUTES =
            """
            - route:
                id: broken
                routeConfigurationId: http
                from:
                  uri: platform-http:/broken
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: "broken\\nby the test"
            - route:
                id: picky
                from:
                  uri: platform-http:/picky?produces=text/plain
                  steps:
                    - setBody:
                        constant: picky
                    - removeHeaders:
                        pattern: "*"
            - route:
                id: xml
                from:
                  uri: platform-http:/xml?consumes=text/xml
                  steps:
                    - setBody:
                        constant: xml
            """;

    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ORDER = "{\"side\":\"buy\",\"qty\":\"0.001\"}";

    @BeforeAll
    static void start(Jar jar) throws Exception {
        jar.ownRoutes();
        Files.writeString(jar.route("hook"), OWN_ROUTE.formatted("hook", "hook", "hook", "first"));
        Files.writeString(jar.route("edited"), OWN_ROUTE.formatted("edited", "edited", "edited", "first"));
        Files.writeString(jar.route("odd"), ODD_ROUTES);
        jar.script(FEED)
                .with("HTTP_NAMES", "feed.example, 192.168.1.7")
                .with("STREAM_ORIGINS", "https://app.example")
                .with("HTTP_ORIGINS", "https://trusted.example, http://trusted.example:3000")
                .with("STREAM_CLIENTS", "1")
                .start();
        jar.awaitTrades(1);
    }

    @AfterAll
    static void stop(Jar jar) throws Exception {
        jar.stop();
    }

    @Test
    void customRouteIsProtectedBeforeAndAfterAnEdit(Jar jar) throws Exception {
        for (String word : List.of("first", "second")) {
            RouteEdit.renameOver(jar.route("edited"), OWN_ROUTE.formatted("edited", "edited", "edited", word));
            Jar.soon().until(() -> jar.get("/edited").body().equals(word));
            assertThat(get(jar.port(), "/edited", "evil.example")).isEqualTo(421);
            assertThat(post(jar, "/edited", "", "Origin: http://evil.example").status())
                    .isEqualTo(403);
            assertThat(post(jar, "/edited", "x", "Content-Type: text/plain").status())
                    .isEqualTo(415);
            assertThat(post(jar, "/edited", "{}", "Content-Type: application/json")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(jar.log("Address already in use")).isEmpty();
    }

    @Test
    void onlyRequestsThatNameThisServerAreServed(Jar jar) throws Exception {
        int port = jar.port();

        for (String allowed : List.of(
                "localhost",
                "LocalHost:" + port,
                "localhost.",
                "app.localhost:1",
                "127.0.0.1:" + port,
                "127.9.8.7",
                "[::1]:" + port,
                "[0:0:0:0:0:0:0:1]",
                "feed.example",
                "FEED.example.:443",
                "192.168.1.7:80")) {
            assertThat(get(port, "/price", allowed)).as(allowed).isEqualTo(200);
        }
        List<String> foreign = List.of(
                "evil.example",
                "evil.example:" + port,
                "",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "feed.example.evil.example",
                "xfeed.example",
                "user@localhost",
                "localhost@evil.example",
                "localhost, evil.example",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "127.0.0.01",
                "0.0.0.0",
                "10.0.0.1",
                "[fe80::1%25eth0]",
                "[::2]",
                "::1",
                "[::1",
                "localhost:99999",
                "localhost:x",
                "localhost/",
                "localhost evil",
                "..",
                "\u00e9.example");
        for (String host : foreign) {
            assertThat(get(port, "/price", host)).as(host).isEqualTo(421);
        }
        for (String path : List.of(
                "/",
                "/ws/health",
                "/observe/health",
                "/observe/metrics",
                "/nosuch",
                "//price",
                "/%70rice",
                "/hook",
                "/ws/stream")) {
            assertThat(get(port, path, "evil.example")).as(path).isEqualTo(421);
        }
        assertThat(RawHttp.send(port, "", "GET /ws/stream HTTP/1.1", "Host: evil.example", UPGRADE)
                        .status())
                .isEqualTo(421);
        assertThat(RawHttp.send(port, "", "GET http://evil.example/price HTTP/1.1", "Host: localhost")
                        .status())
                .isEqualTo(421);
        assertThat(RawHttp.send(port, "", "GET http://localhost/price HTTP/1.1", "Host: localhost")
                        .status())
                .isEqualTo(200);
        for (String version : List.of("1.0", "1.1")) {
            assertThat(RawHttp.send(port, "", "GET /price HTTP/" + version, "Accept: */*")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(RawHttp.send(port, "", "GET /price HTTP/1.1", "Host: localhost", "Host: evil.example")
                        .status())
                .isEqualTo(400);
        for (String line : List.of("OPTIONS * HTTP/1.1", "GET price HTTP/1.1", "CONNECT localhost:80 HTTP/1.1")) {
            assertThat(RawHttp.send(port, "", line, "Host: localhost").status())
                    .as(line)
                    .isEqualTo(400);
        }
        RawHttp rejection = RawHttp.send(port, "", "GET /price HTTP/1.1", "Host: evil.example:80");
        assertThat(Jar.parse(rejection.body()).path("error").asText())
                .startsWith("the Host is \"evil.example:80\"; ")
                .contains("HTTP_NAMES");
        assertThat(jar.log("hook_called| ERROR ")).isEmpty();
    }

    @Test
    void crossOriginRequestsChangeNothing(Jar jar) throws Exception {
        String json = "Content-Type: application/json";
        String own = "http://localhost:" + jar.port();

        for (String page : List.of(
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: ",
                "Origin: https://app.example",
                "Origin: http://localhost:3000",
                "Origin: http://localhost.evil.example:" + jar.port(),
                "Origin: " + own + "\r\nOrigin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: " + own + "\r\nSec-Fetch-Site: cross-site")) {
            for (String path :
                    List.of("/strategy/orders", "/strategy/pause", "/replay/pause", "/replay/speed", "/nosuch")) {
                assertThat(post(jar, path, ORDER, json, page).status())
                        .as(page + path)
                        .isEqualTo(403);
            }
            assertThat(post(jar, "/strategy/pause", "", page).status()).as(page).isEqualTo(403);
            assertThat(RawHttp.send(jar.port(), "", "DELETE /strategy/orders/1 HTTP/1.1", "Host: localhost", page)
                            .status())
                    .as(page)
                    .isEqualTo(403);
        }
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "Application/X-WWW-Form-Urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain; application/json",
                "application/json, text/plain",
                "application/jsonp",
                "",
                "application/json\r\nContent-Type: text/plain")) {
            for (String path : List.of("/strategy/orders", "/strategy/pause", "/strategy/resume")) {
                assertThat(post(jar, path, ORDER, "Content-Type: " + type).status())
                        .as(type + path)
                        .isEqualTo(415);
            }
        }
        assertThat(post(jar, "/strategy/orders", ORDER).status()).isEqualTo(415);
        assertThat(RawHttp.send(
                                jar.port(),
                                "1c\r\n" + ORDER + "\r\n0\r\n\r\n",
                                "POST /strategy/orders HTTP/1.1",
                                "Host: localhost",
                                "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(415);
        assertThat(jar.json("/strategy/metrics").path("orders").asInt()).isZero();
        assertThat(jar.json("/strategy/status").path("state").asText()).isEqualTo("running");

        List<Integer> statuses = new ArrayList<>();
        for (String valid : List.of(
                "X: none",
                "Origin: " + own,
                "Origin: http://127.0.0.1:" + jar.port(),
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Origin: " + own + "\r\nSec-Fetch-Site: same-origin")) {
            statuses.add(post(jar, "/strategy/orders", ORDER, json, valid).status());
            statuses.add(post(jar, "/strategy/pause", "", valid).status());
            statuses.add(post(jar, "/strategy/resume", "", valid, json).status());
        }
        statuses.add(post(jar, "/strategy/orders", ORDER, "content-type: Application/JSON;charset=\"utf-8\"")
                .status());
        assertThat(statuses).containsOnly(200);
        assertThat(jar.json("/strategy/metrics").path("orders").asInt()).isEqualTo(7);
    }

    /** The rest of the statuses needs another application: 401 in HttpListenIT, 503 of orders in StateFailureIT. */
    @Test
    void everyRefusalHasTheSameForm(Jar jar) throws Exception {
        String json = "Content-Type: application/json";
        String large = "{\"side\":\"" + "x".repeat(70_000) + "\"}";
        int port = jar.port();

        assertRefused(400, "levels is ", send(port, "GET /book?levels=x", ""));
        assertRefused(400, "side is ", post(jar, "/strategy/orders", "{\"side\":\"up\",\"qty\":\"1\"}", json));
        assertRefused(400, "", RawHttp.send(port, "", "GET /price HTTP/1.1", "Accept: */*"));
        assertRefused(403, "the Origin is ", post(jar, "/strategy/pause", "", "Origin: http://evil.example"));
        assertRefused(403, "Sec-Fetch-Site is ", post(jar, "/hook", "", "Sec-Fetch-Site: cross-site"));
        assertRefused(403, "", send(port, "GET /ws/stream", UPGRADE + "\r\nOrigin: https://evil.example"));
        assertRefused(404, "path /nosuch is unknown", send(port, "GET /nosuch", ""));
        assertRefused(404, "no data was received for NOSUCH", send(port, "GET /price?symbol=NOSUCH", ""));
        assertRefused(404, "no order 999 is open", send(port, "DELETE /strategy/orders/999", ""));
        assertRefused(405, "the method is POST for /price", post(jar, "/price", "", "X: none"));
        assertRefused(409, "DATA_SOURCE is ", post(jar, "/replay/pause", "", "X: none"));
        assertRefused(409, "DATA_SOURCE is ", send(port, "GET /replay", ""));
        assertRefused(409, "", post(jar, "/strategy/orders", "{\"side\":\"buy\",\"qty\":\"900000\"}", json));
        assertRefused(413, "the body is too large", post(jar, "/strategy/orders", large, json));
        assertRefused(
                413,
                "the body is too large",
                RawHttp.send(
                        port,
                        Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n",
                        "POST /strategy/orders HTTP/1.1",
                        "Host: localhost",
                        json,
                        "Transfer-Encoding: chunked"));
        assertRefused(415, "the Content-Type is ", post(jar, "/strategy/orders", ORDER, "Content-Type: text/plain"));
        assertRefused(421, "the Host is ", RawHttp.send(port, "", "GET /price HTTP/1.1", "Host: evil.example"));
        assertRefused(426, "this path speaks WebSocket only", send(port, "GET /ws/stream", ""));
        StreamSocket only = StreamSocket.open(jar, "");
        assertRefused(503, "", send(port, "GET /ws/stream", UPGRADE));
        assertThat(only.closed()).isNull();
    }

    @Test
    void headIsAnsweredLikeGetWithoutABody(Jar jar) throws Exception {
        int port = jar.port();
        for (String path : List.of(
                "/",
                "/live",
                "/ready",
                "/price",
                "/price?symbol=BTCUSDT",
                "/openapi.json",
                "/observe/health",
                "/docs/")) {
            RawHttp get = send(port, "GET " + path, "");
            String head = head(port, path);
            assertThat(head)
                    .as(path)
                    .startsWith("HTTP/1.1 " + get.status() + ' ')
                    .containsIgnoringCase("content-type: ");
            assertThat(head.substring(head.indexOf("\r\n\r\n"))).as(path).isEqualTo("\r\n\r\n");
        }
        assertThat(head(port, "/nosuch")).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
        assertThat(head(port, "/price?symbol=nosuch"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n");
        assertThat(head(port, "/strategy/pause"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("\r\nallow: POST\r\n");
        // The response to GET has no end.
        assertThat(head(port, "/stream")).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nallow: GET\r\n");
        assertThat(head(port, "/ws/stream")).startsWith("HTTP/1.1 405 ");
        assertThat(send(port, "PUT /price", "").head()).containsIgnoringCase("\r\nallow: GET, HEAD");
    }

    /** All that is sent until the end of the connection. */
    private static String head(int port, String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** What Vert.x and Camel answer themselves, before a route of the contract is reached. */
    @Test
    void errorsOfTheServerHaveTheSameForm(Jar jar) throws Exception {
        int port = jar.port();
        String cannotBeRead = "the request cannot be read";

        assertRefused(400, cannotBeRead, RawHttp.send(port, "", "GARBAGE"));
        assertRefused(400, cannotBeRead, RawHttp.send(port, "", "GET / HTTP/1.1", "no colon"));
        assertRefused(400, cannotBeRead, send(port, "GET /%zz", ""));
        assertRefused(400, cannotBeRead, send(port, "GET /price?symbol=%zz", ""));
        assertRefused(406, "the path has no response of a type", send(port, "GET /picky", "Accept: image/png"));
        assertRefused(414, "the request line is too long", send(port, "GET /" + "x".repeat(5_000), ""));
        assertRefused(
                415,
                "the path does not take a body of the Content-Type",
                post(jar, "/xml", "{}", "Content-Type: application/json"));
        assertRefused(431, "the headers are too large", send(port, "GET /price", "X: " + "x".repeat(9_000)));
        assertRefused(500, "", send(port, "GET /broken", ""));
        assertThat(send(port, "GET /picky", "Accept: text/plain").status()).isEqualTo(200);
    }

    @Test
    void theIndexNamesEveryPathOfTheContract(Jar jar) {
        JsonNode index = Jar.parse(new Contract(jar).check("/").body());

        List<String> listed = new ArrayList<>();
        index.path("paths")
                .forEach(path -> listed.add(path.path("method").asText().toLowerCase(Locale.ROOT) + " "
                        + path.path("path").asText()));
        List<String> known = new ArrayList<>(List.of("get /observe/health", "get /observe/metrics"));
        jar.json("/openapi.json").path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> known.add(method + " " + path.getKey())));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(known);
        assertThat(index.path("paths"))
                .allSatisfy(
                        path -> assertThat(path.path("description").asText()).isNotBlank());
        assertThat(index.at("/sources/0/instruments").asInt()).isEqualTo(1);
        assertThat(jar.get(index.at("/links/openapi").asText()).statusCode()).isEqualTo(200);
    }

    /** The page of the contract loads files of this server only, and all of them are there. */
    @Test
    void docsAreServedFromTheJar(Jar jar) throws Exception {
        RawHttp redirect = send(jar.port(), "GET /docs", "");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.head()).containsIgnoringCase("\r\nLocation: docs/");

        var page = jar.get("/docs/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        List<String> files = Pattern.compile("(?:src|href)=\"([^\":]+)\"")
                .matcher(page.body())
                .results()
                .map(file -> file.group(1))
                .toList();
        assertThat(files).contains("swagger-ui-bundle.js", "swagger-ui.css", "start.js");
        assertThat(page.body()).doesNotContain("//", "style=", "<style", "onload");
        for (String file : files) {
            var content = jar.get("/docs/" + file);
            assertThat(content.statusCode()).as(file).isEqualTo(200);
            assertThat(content.headers().firstValue("Content-Type").orElseThrow())
                    .as(file)
                    .startsWith(file.endsWith(".js") ? "text/javascript" : "text/css");
            assertThat(content.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
                    .doesNotContain("unsafe");
        }
        assertThat(jar.get("/docs/start.js").body()).contains("../openapi.json");
        assertRefused(404, "path /docs/index.js is unknown", send(jar.port(), "GET /docs/index.js", ""));
        assertRefused(405, "the method is POST for /docs", post(jar, "/docs", "", "X: none"));
    }

    /** A body that no operation takes does not hide that there is no operation. */
    @Test
    void everyStatusOfABodyIsDeclared(Jar jar) throws Exception {
        JsonNode paths = jar.json("/openapi.json").path("paths");
        String form = "Content-Type: application/x-www-form-urlencoded";
        String json = "Content-Type: application/json";
        String large = "{\"side\":\"" + "x".repeat(70_000) + "\"}";

        for (var path : paths.properties()) {
            String place = path.getKey().replaceAll("\\{\\w+}", "7");
            JsonNode posted = path.getValue().path("post").path("responses");
            List<RawHttp> answers = List.of(post(jar, place, "a=b", form), post(jar, place, large, json));
            assertThat(answers.get(0).status()).as(place).isEqualTo(posted.isMissingNode() ? 405 : 415);
            for (RawHttp answer : answers) {
                JsonNode declared = posted.isMissingNode()
                        ? path.getValue()
                                .properties()
                                .iterator()
                                .next()
                                .getValue()
                                .path("responses")
                        : posted;
                assertThat(declared.has(Integer.toString(answer.status())))
                        .as("%s %s", answer.status(), place)
                        .isTrue();
            }
        }
        assertRefused(404, "path /nosuch is unknown", post(jar, "/nosuch", "a=b", form));
        assertRefused(405, "the method is POST for /observe/health", post(jar, "/observe/health", "a=b", form));
        assertRefused(405, "the method is POST for /ws/stream", post(jar, "/ws/stream", "", "X: none"));
        assertRefused(
                400,
                "parameter foo is unknown; known are channels, symbols",
                send(jar.port(), "GET /ws/stream?foo=1", UPGRADE));
        assertThat(get(jar.port(), "/price?symbol=Linear:BTCUSDT", "localhost")).isEqualTo(200);
    }

    /** OpenAPI says nothing about them; all paths treat them alike, whoever serves them. */
    @Test
    void repeatedSlashesAndOneAtTheEndAreIgnored(Jar jar) throws Exception {
        for (String request : List.of(
                "GET /price",
                "GET /price?foo=1",
                "POST /price",
                "GET /ws/health",
                "POST /ws/health",
                "DELETE /strategy/orders/7",
                "GET /strategy/orders/7",
                "GET /ws/stream?foo=1",
                "GET /observe/health",
                "GET /observe/metrics",
                "POST /observe/health",
                "GET /openapi.json",
                "GET /edited",
                "GET /nosuch")) {
            int status = send(jar.port(), request, UPGRADE).status();
            for (String same : List.of(
                    request.replaceFirst(" /", " //"),
                    request.replaceAll("(\\w)/", "$1//"),
                    request.replaceFirst("(?=\\?|$)", "/"))) {
                assertThat(send(jar.port(), same, UPGRADE).status()).as(same).isEqualTo(status);
            }
        }
    }

    private static RawHttp send(int port, String request, String headers) throws Exception {
        return RawHttp.send(
                port, "", request + " HTTP/1.1", "Host: localhost", headers.isEmpty() ? "X: none" : headers);
    }

    /** One line of JSON with the error, and nothing else. */
    static void assertRefused(int status, String beginning, RawHttp response) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.head()).containsIgnoringCase("\r\nContent-Type: application/json");
        assertThat(response.body()).doesNotContain("\n");
        JsonNode body = Jar.parse(response.body());
        assertThat(body.fieldNames()).toIterable().containsExactly("error");
        assertThat(body.path("error").asText()).startsWith(beginning).isNotBlank();
    }

    @Test
    void responsesAreNeitherCrossOriginNorCacheable(Jar jar) throws Exception {
        for (String path : List.of("/price", "/observe/health", "/observe/metrics", "/nosuch", "/openapi.json")) {
            for (String method : List.of("GET", "OPTIONS")) {
                RawHttp answer = RawHttp.send(
                        jar.port(),
                        "",
                        method + " " + path + " HTTP/1.1",
                        "Host: localhost",
                        "Origin: https://evil.example",
                        "Access-Control-Request-Method: POST");
                assertThat(answer.head())
                        .as(path)
                        .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff")
                        .containsIgnoringCase("\r\nCache-Control: no-store")
                        .doesNotContainIgnoringCase("Access-Control-Allow");
            }
        }
    }

    @Test
    void pagesOfListedOriginsMayReadEveryResponse(Jar jar) throws Exception {
        for (String origin : List.of("https://trusted.example", "http://trusted.example:3000")) {
            for (String request : List.of(
                    "GET /price",
                    "GET /nosuch",
                    "GET /price?symbol=NOSUCH",
                    "GET /price?symbol=%zz",
                    "POST /price",
                    "GET /observe/metrics",
                    "GET /picky")) {
                RawHttp answer = send(jar.port(), request, "Origin: " + origin);
                assertThat(answer.head())
                        .as(request)
                        .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: " + origin + "\r\n")
                        .containsIgnoringCase("\r\nVary: Origin")
                        .doesNotContainIgnoringCase("Allow-Credentials");
            }
        }
        for (String origin :
                List.of("https://evil.example", "http://trusted.example", "https://trusted.example:8443", "null", "")) {
            RawHttp answer = send(jar.port(), "GET /price", "Origin: " + origin);
            assertThat(answer.head())
                    .as(origin)
                    .containsIgnoringCase("\r\nVary: Origin")
                    .doesNotContainIgnoringCase("Access-Control");
        }
    }

    @Test
    void preflightsOfListedOriginsNameTheMethodsOfThePath(Jar jar) throws Exception {
        String trusted = "Origin: https://trusted.example\r\nAccess-Control-Request-Method: POST";

        RawHttp orders = send(jar.port(), "OPTIONS /strategy/orders", trusted);
        assertThat(orders.status()).isEqualTo(204);
        assertThat(orders.head())
                .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: https://trusted.example")
                .containsIgnoringCase("\r\nAccess-Control-Allow-Methods: GET, POST")
                .containsIgnoringCase("\r\nAccess-Control-Allow-Headers: Content-Type, Authorization, Last-Event-ID")
                .containsIgnoringCase("\r\nAccess-Control-Max-Age: ");
        assertThat(send(jar.port(), "OPTIONS /strategy/orders/7", trusted).head())
                .containsIgnoringCase("\r\nAccess-Control-Allow-Methods: DELETE\r\n");
        assertThat(send(jar.port(), "OPTIONS /hook", trusted).status()).isEqualTo(204);

        assertRefused(404, "path /nosuch is unknown", send(jar.port(), "OPTIONS /nosuch", trusted));
        assertThat(send(jar.port(), "OPTIONS /price", "Origin: https://trusted.example")
                        .status())
                .isEqualTo(405);
        assertThat(send(jar.port(), "OPTIONS /price", trusted.replace("trusted", "evil"))
                        .status())
                .isEqualTo(405);
        assertThat(RawHttp.send(jar.port(), "", "OPTIONS /price HTTP/1.1", "Host: evil.example", trusted)
                        .status())
                .isEqualTo(421);
    }

    @Test
    void pagesOfListedOriginsMayChangeSomethingAndOpenTheStream(Jar jar) throws Exception {
        String page = "Origin: https://trusted.example\r\nSec-Fetch-Site: cross-site";

        assertThat(post(jar, "/strategy/resume", "", page).status()).isEqualTo(200);
        assertThat(post(jar, "/strategy/resume", "x", page, "Content-Type: text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(post(jar, "/strategy/resume", "", page + "\r\nOrigin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(send(jar.port(), "GET /ws/stream?foo=1", UPGRADE + "\r\nOrigin: https://trusted.example")
                        .status())
                .isEqualTo(400);
    }

    private static int get(int port, String path, String host) throws Exception {
        return RawHttp.send(port, "", "GET " + path + " HTTP/1.1", "Host: " + host)
                .status();
    }

    private static RawHttp post(Jar jar, String path, String body, String... headers) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "POST " + path + " HTTP/1.1", "Host: localhost:" + jar.port(), "Content-Length: " + body.length()));
        lines.addAll(List.of(headers));
        return RawHttp.send(jar.port(), body, lines.toArray(String[]::new));
    }
}
