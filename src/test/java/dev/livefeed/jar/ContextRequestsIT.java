package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The market context over HTTP, compared with figures calculated by hand and with the API document. No request changes
 * the context, so all share one run.
 */
@ExtendWith(JarExtension.class)
class ContextRequestsIT {

    @BeforeAll
    static void run(Jar jar) throws IOException {
        ContextIT.run(jar);
    }

    @Test
    void figuresOfADay(Jar jar) throws Exception {
        JsonNode context = jar.json("/context");
        assertThat(context.at("/session/name").asText()).isEqualTo("overlap");
        assertThat(context.at("/session/day").asText()).isEqualTo("2026-03-02");
        // (100.1 + 200.38 + 50.15 + 50.1) / 4
        assertThat(context.at("/stats/vwap").asText()).isEqualTo("100.182500000");
        assertThat(context.at("/stats/trades").asInt()).isEqualTo(4);
        assertThat(context.at("/stats/volume").asText()).isEqualTo("4");
        assertThat(context.at("/stats/cd_pre").asText()).isEqualTo("1");
        assertThat(context.at("/stats/live_delta").asText()).isEqualTo("-1");
        assertThat(context.at("/stats/cvd").asText()).isEqualTo("0");
        assertThat(context.at("/price/price").asText()).isEqualTo("100.2");
        assertThat(context.at("/price/ts").asText()).isEqualTo("2026-03-02T13:30:00Z");
        JsonNode levels = jar.json("/levels");
        assertThat(levels.at("/OR/hi").asText()).isEqualTo("100.3");
        assertThat(levels.at("/OR/lo").asText()).isEqualTo("100.19");
        assertThat(levels.at("/OR/startTs").asText()).isEqualTo("2026-03-02T08:00:00Z");
        assertThat(levels.at("/OR/endTs").asText()).isEqualTo("2026-03-02T08:10:00Z");
        assertThat(levels.at("/POCd").asText()).isEqualTo("100.1");
        assertThat(levels.at("/PDH").asText()).isEqualTo("102");
        assertThat(levels.at("/PDL").asText()).isEqualTo("99.95");
        assertThat(levels.at("/POCprev").asText()).isEqualTo("99.9");
        // (299.85 + 101.05 + 102) / 5
        assertThat(levels.at("/VWAPprev").asText()).isEqualTo("100.580000000");
        JsonNode profile = jar.json("/profile");
        assertThat(profile.at("/bins").findValuesAsText("price")).containsExactly("100.1", "100.2", "100.3");
        assertThat(profile.at("/bins").findValuesAsText("sell")).containsExactly("2", "0", "0");
        JsonNode book = jar.json("/book?levels=1&imbalance_levels=2");
        assertThat(book.at("/spread").asText()).isEqualTo("0.1");
        assertThat(book.at("/microprice").asText()).isEqualTo("100.275000000");
        assertThat(book.at("/imbalance").asText()).isEqualTo("0.60000000");
        assertThat(book.at("/bids")).hasSize(1);
        assertThat(jar.json("/debug/vwap").at("/late_trades").asInt()).isEqualTo(1);
        assertThat(jar.json("/debug/poc").at("/top_bins")).hasSize(3);
    }

    @Test
    void everyResponseMatchesTheApiDocument(Jar jar) throws Exception {
        Contract contract = new Contract(jar);

        assertThat(contract.document().path("openapi").asText()).isEqualTo("3.1.0");
        for (String path : contract.paths()) {
            if (contract.document().path("paths").path(path).has("get")) {
                contract.check("get", path, jar.get(path.replaceAll("\\{\\w+}", "7")));
            }
        }
        assertThat(contract.check("/context?vwap_mode=quote&symbol=BTCUSDT").statusCode())
                .isEqualTo(200);
        assertThat(contract.check("/profile?from=100.2&limit=1").statusCode()).isEqualTo(200);
        for (String wrong : List.of(
                "/context?vwap_mode=both",
                "/book?level=5",
                "/ready?x=",
                "/context?symbol=%20",
                "/levels?symbol=a/b",
                "/levels?symbol=BTCUSDT&symbol=ETHUSDT",
                "/profile?from=-1",
                "/profile?from=1e5",
                "/profile?limit=0",
                "/profile?limit=10001",
                "/book?levels=x",
                "/book?imbalance_levels=1001",
                "/price?symbol=",
                "/debug/vwap?symbol=%3Cb%3E",
                "/debug/poc?symbol=.",
                "/debug/exchangeinfo?symbol=-")) {
            assertThat(contract.check(wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        for (String unknown :
                List.of("/context", "/levels", "/profile", "/price", "/book", "/debug/vwap", "/debug/poc")) {
            assertThat(contract.check(unknown + "?symbol=NOSUCH").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void everyOperationOfTheContractIsServedAndNoOther(Jar jar) throws Exception {
        Contract contract = new Contract(jar);

        for (String path : contract.paths()) {
            List<String> described = contract.methods(path);
            for (String method : List.of("get", "post", "put", "delete")) {
                HttpResponse<String> answer =
                        jar.send(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{\\w+}", "7"));
                if (described.contains(method)) {
                    contract.check(method, path, answer);
                } else {
                    assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(405);
                    contract.check(described.get(0), path, answer);
                    assertThat(answer.headers().firstValue("Allow"))
                            .contains(String.join(
                                    ", ",
                                    Stream.concat(
                                                    described.stream(),
                                                    described.contains("get") && !path.endsWith("/stream") // has no end
                                                            ? Stream.of("head")
                                                            : Stream.empty())
                                            .map(known -> known.toUpperCase(Locale.ROOT))
                                            .sorted()
                                            .toList()));
                }
            }
        }
    }

    @Test
    void anUnknownPathIsAJsonErrorForEveryMethod(Jar jar) throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            for (String path : List.of("/no/such%3Cpath", "/ws", "/strategy", "/price/x")) {
                HttpResponse<String> answer = jar.send(method, path);
                assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(404);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .contains("nosniff");
                assertThat(Jar.parse(answer.body()).path("error").asText())
                        .isEqualTo("path " + path
                                + " is unknown; GET /openapi.json lists the paths of the API, and Camel's"
                                + " own are /observe/health and /observe/metrics");
            }
        }
        HttpResponse<String> head = jar.send("HEAD", "/no/such");
        assertThat(head.statusCode()).isEqualTo(404);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aPathWithAnotherMethodSaysWhichItTakes(Jar jar) throws Exception {
        for (String method : List.of("OPTIONS", "PATCH", "DELETE")) {
            HttpResponse<String> answer = jar.send(method, "/price");
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
            assertThat(Jar.parse(answer.body()).path("error").asText())
                    .isEqualTo("the method is " + method + " for /price; it must be one of GET, HEAD");
        }
        HttpResponse<String> head = jar.send("HEAD", "/price");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(jar.send("PATCH", "/strategy/orders/7").headers().firstValue("Allow"))
                .contains("DELETE");
    }

    @Test
    void aHeaderOfTheRequestIsNoParameter(Jar jar) throws Exception {
        RawHttp answer = RawHttp.send(
                jar.port(),
                "",
                "GET /profile?limit=2 HTTP/1.1",
                "Host: localhost",
                "From: someone@example.com",
                "limit: 1",
                "symbol: NOSUCH");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"next\":\"100.3\"");
    }

    @Test
    void aRefusalNamesTheParameterTheValueAndTheRule(Jar jar) throws Exception {
        assertThat(refusal(jar, "/book?levels=x"))
                .isEqualTo("levels is \"x\"; it must be a whole number from 1 to 1000");
        assertThat(refusal(jar, "/context?vwap_mode=both"))
                .isEqualTo("vwap_mode is \"both\"; it must be one of base, quote");
        assertThat(refusal(jar, "/book?level=5"))
                .isEqualTo("parameter level is unknown; known are symbol, levels, imbalance_levels");
        assertThat(refusal(jar, "/ready?verbose=1")).isEqualTo("parameter verbose is unknown; this path takes none");
        assertThat(refusal(jar, "/price?symbol=a/b"))
                .isEqualTo(
                        "symbol is \"a/b\"; it must be 1 to 40 letters, digits or one of . _ -, with a letter or digit"
                                + " first, or CATEGORY:SYMBOL");
        assertThat(refusal(jar, "/levels?symbol=A&symbol=B"))
                .isEqualTo("symbol is given 2 times; it must be given once");
    }

    private static String refusal(Jar jar, String path) {
        HttpResponse<String> answer = jar.get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        return Jar.parse(answer.body()).path("error").asText();
    }
}
