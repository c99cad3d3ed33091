package dev.livefeed.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.exchange.stream.BookPage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Client of the control path of a running exchange: injects faults and reads its books and trades. */
final class ExchangeControl {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String base;

    ExchangeControl(String base) {
        this.base = base;
    }

    /** Orders a fault such as {@code lost,topic=orderbook.50.*}. */
    void fault(String line) {
        String[] parts = line.split(",", 2);
        String query = "kind=" + parts[0] + (parts.length > 1 ? "&" + parts[1].replace(',', '&') : "");
        ask("POST", "/control/fault?" + query);
    }

    void clearFaults() {
        ask("DELETE", "/control/faults");
    }

    /** A book under an update id, or null where it is not remembered. */
    BookPage book(String category, String symbol, int levels, long updateId, long changedAt) {
        HttpResponse<String> answer = answer(
                "GET",
                "/control/book?category=" + category + "&symbol=" + symbol + "&depth=" + levels + "&u=" + updateId
                        + "&cts=" + changedAt);
        if (answer.statusCode() == 404) {
            return null;
        }
        JsonNode page = read(answer);
        return new BookPage(
                page.path("b").toString(),
                page.path("a").toString(),
                page.path("u").asLong(),
                page.path("seq").asLong(),
                page.path("cts").asLong());
    }

    /** Adds the trades from that number on. */
    void trades(String category, String symbol, List<MadeTrade> to) {
        JsonNode page = ask("GET", "/control/trades?category=" + category + "&symbol=" + symbol + "&from=" + to.size());
        for (JsonNode row : page.path("list")) {
            if (row.path("number").asLong() != to.size()) {
                throw new IllegalStateException("the exchange has forgotten trades of " + symbol);
            }
            to.add(new MadeTrade(
                    to.size(),
                    row.path("execId").asText(),
                    row.path("time").asLong(),
                    new BigDecimal(row.path("price").asText()),
                    new BigDecimal(row.path("size").asText()),
                    row.path("side").asText().equals("Buy"),
                    row.path("seq").asLong()));
        }
    }

    /** Some option contract that is listed. */
    String option() {
        return ask("GET", "/v5/market/instruments-info?category=option&limit=20")
                .path("result")
                .path("list")
                .path(5)
                .path("symbol")
                .asText();
    }

    private JsonNode ask(String method, String path) {
        return read(answer(method, path));
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.uri() + " is answered with " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> answer(String method, String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(base + path.replace("*", "%2A")))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
