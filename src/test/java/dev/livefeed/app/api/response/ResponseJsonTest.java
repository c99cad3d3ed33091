package dev.livefeed.app.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.response.strategy.OrderResponse;
import dev.livefeed.app.paper.OrderStatus;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.TickerFigure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records as JSON: exact, flat where the contract is flat, in the order of the contract. */
class ResponseJsonTest {

    private final JsonNode schemas = new OpenApi("1").document().at("/components/schemas");

    private static final InstrumentBody X = InstrumentBody.of(Ids.linear("X"));

    @Test
    void decimalsKeepEveryDigit() throws JsonProcessingException {
        assertThat(json(new PriceResponse(X, new BigDecimal("0.000000010"), Instant.EPOCH, true, false)))
                .isEqualTo("{\"symbol\":\"X\",\"category\":\"linear\",\"venue\":null,\"price\":\"0.000000010\","
                        + "\"ts\":\"1970-01-01T00:00:00Z\",\"fresh\":true,"
                        + "\"synthetic\":false}");
        assertThat(json(new PriceResponse(X, new BigDecimal("1E+3"), null, true, false)))
                .contains("\"price\":\"1000\"", "\"ts\":null");
    }

    @Test
    void aTickerHasAllFiguresInOrder() {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        Arrays.stream(TickerFigure.values()).forEach(figure -> figures.put(figure.toString(), null));

        assertThat(fields(new TickerResponse(X, null, null, new TickerResponse.Figures(figures), null, true, false)))
                .isEqualTo(contract("Ticker"));
    }

    @Test
    void levelsAreFlat() {
        ContextLevels levels = new ContextLevels(
                new ContextLevels.Today(
                        new ContextLevels.OpeningRange(null, null, Instant.EPOCH, Instant.EPOCH),
                        null,
                        null,
                        null,
                        null),
                new ContextLevels.DayBefore(null, null, null, null, null, null));

        assertThat(fields(levels)).isEqualTo(contract("Levels"));
        assertThat(fields(new LevelsResponse(levels, X, LocalDate.EPOCH, new Approximate(false, false), false)))
                .isEqualTo(contract("SymbolLevels"));
        assertThat(fields(levels.today().openingRange())).isEqualTo(contract("OpeningRange"));
    }

    @Test
    void aSymbolOfHealthIsFlat() throws JsonProcessingException {
        HealthResponse.InstrumentHealth symbol = new HealthResponse.InstrumentHealth(
                "linear",
                null,
                null,
                0,
                new HealthResponse.BookStatus("empty", "no depth yet", null, null),
                0,
                new HealthResponse.Listing("Trading", null, null, null));

        assertThat(json(symbol))
                .isEqualTo("{\"category\":\"linear\",\"venue\":null,\"last_price\":null,\"trades\":0,"
                        + "\"book\":\"empty\",\"book_reason\":\"no depth yet\",\"best_bid\":null,"
                        + "\"best_ask\":null,\"gaps\":0,\"trading_status\":\"Trading\",\"tick_size\":null,"
                        + "\"qty_step\":null}");
    }

    @Test
    void anOrderIsFlatWithLowerCaseNames() throws JsonProcessingException {
        OrderResponse order = new OrderResponse(
                1,
                "s",
                X,
                new OrderResponse.Terms(Side.BUY, OrderType.POST_ONLY, BigDecimal.ONE, null, null),
                new OrderResponse.ExecutionState(OrderStatus.OPEN, BigDecimal.ZERO, null, BigDecimal.ZERO, null),
                null,
                null);

        assertThat(fields(order)).isEqualTo(contract("PaperOrder"));
        assertThat(json(order)).contains("\"side\":\"buy\",\"type\":\"post_only\"", "\"status\":\"open\"");
    }

    @Test
    void liveOmitsReasonsIfThereAreNone() throws JsonProcessingException {
        assertThat(json(LiveResponse.of(null))).isEqualTo("{\"status\":\"UP\"}");
        assertThat(json(LiveResponse.of("held"))).isEqualTo("{\"status\":\"DOWN\",\"reasons\":[\"held\"]}");
    }

    @Test
    void packedRoutesHaveNoEdits() throws JsonProcessingException {
        assertThat(json(new RoutesBody("the jar", null))).isEqualTo("{\"from\":\"the jar\"}");
    }

    private static String json(Object body) throws JsonProcessingException {
        return ResponseJson.MAPPER.writeValueAsString(body);
    }

    private static List<String> fields(Object body) {
        return names(ResponseJson.MAPPER.valueToTree(body));
    }

    private List<String> contract(String schema) {
        return names(schemas.path(schema).path("properties"));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
