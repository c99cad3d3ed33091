package dev.livefeed.app.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperAccount;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract document, and the validation of requests against it. */
class OpenApiTest {

    private final OpenApi contract = new OpenApi("1.2.3");

    @Test
    void theDocumentHasTheVersionOfTheProgram() {
        assertThat(contract.document().at("/info/version").asText()).isEqualTo("1.2.3");
        assertThat(contract.document().path("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void everyReferenceHasATarget() {
        List<JsonNode> references = contract.document().findValues("$ref");

        assertThat(references).hasSizeGreaterThan(100).allSatisfy(reference -> {
            String place = reference.asText();
            assertThat(contract.document().at(place.substring(1)).isObject())
                    .as(place)
                    .isTrue();
        });
    }

    /** What the server answers before an operation is asked. */
    @Test
    void everyOperationDeclaresTheStatusesOfTheServer() {
        contract.document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> {
                    List<String> declared = new ArrayList<>();
                    method.getValue().path("responses").fieldNames().forEachRemaining(declared::add);
                    assertThat(declared)
                            .as(method.getKey() + ' ' + path.getKey())
                            .isSorted()
                            .contains("400", "401", "405", "421");
                    if (method.getValue().has("operationId")) {
                        assertThat(declared).contains("413", "500");
                    }
                    if (!method.getKey().equals("get")) {
                        assertThat(declared).contains("403", "415");
                    }
                }));
    }

    @Test
    void upperAndLowerCaseOfACategoryDoNotMatter() throws ApiException {
        assertThat(parameter("getPrice", "symbol").value(List.of("Spot:BTCUSDT")))
                .isEqualTo("Spot:BTCUSDT");
        assertThat(InstrumentId.parseRequested("Bybit:Spot:BTCUSDT"))
                .contains(InstrumentId.of("bybit", "spot", "BTCUSDT"))
                .isEqualTo(InstrumentId.read("Bybit:Spot:btcusdt"));
    }

    @Test
    void operationsAreNamedOnce() {
        assertThat(contract.operations().stream().map(Operation::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyObjectNamesItsFieldsInTheOrderOfTheRecords() {
        JsonNode order = contract.document().at("/components/schemas/PaperOrder");
        List<String> fields = new ArrayList<>();
        order.path("properties").fieldNames().forEachRemaining(fields::add);

        assertThat(fields)
                .startsWith("id", "strategy", "symbol", "category", "venue", "side")
                .endsWith("created", "updated");
    }

    @Test
    void limitsAreThoseOfTheProgram() {
        assertThat(maximum("getOrders", "count")).isEqualTo(PaperAccount.KEPT);
        assertThat(maximum("getSignals", "count")).isEqualTo(PaperAccount.KEPT);
        assertThat(maximum("getEquity", "count")).isEqualTo(PaperAccount.POINTS);
        assertThat(contract.document()
                        .at("/components/schemas/Symbol/description")
                        .asText())
                .isEqualTo(InstrumentId.RULE);
        List<String> types = new ArrayList<>();
        contract.document()
                .at("/components/schemas/PaperOrderRequest/properties/type/enum")
                .forEach(type -> types.add(type.textValue()));
        assertThat(types).containsExactlyInAnyOrderElementsOf(with(OrderType.names(), null));
    }

    private int maximum(String operation, String parameter) {
        for (int most = 1; most < 100_000; most++) {
            if (!taken(operation, parameter, Integer.toString(most + 1))) {
                return most;
            }
        }
        return -1;
    }

    private static List<String> with(List<String> list, String more) {
        List<String> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    private boolean taken(String operation, String parameter, String value) {
        try {
            return parameter(operation, parameter).value(List.of(value)) != null;
        } catch (ApiException e) {
            return false;
        }
    }

    private Operation operation(String id) {
        return contract.operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private RequestParameter parameter(String id, String name) {
        return operation(id).parameters().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aParameterThatIsMissingIsItsDefault() throws ApiException {
        assertThat(parameter("getBook", "levels").value(List.of())).isEqualTo(25);
        assertThat(parameter("getContext", "vwap_mode").value(List.of())).isEqualTo("base");
        assertThat(parameter("getContext", "symbol").value(List.of())).isNull();
    }

    @Test
    void numbersAreAsWideAsTheContractAllows() throws ApiException {
        assertThat(parameter("getBook", "levels").value(List.of("007"))).isEqualTo(7);
        assertThat(parameter("cancelOrder", "id").value(List.of("7"))).isEqualTo(7L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    getBook | levels | 0 | levels is 0; it must be a whole number from 1 to 1000
                    getBook | levels | 1001 | levels is 1001; it must be a whole number from 1 to 1000
                    getBook | levels | -1 | levels is -1; it must be a whole number from 1 to 1000
                    getBook | levels | 1.0 | levels is "1.0"; it must be a whole number from 1 to 1000
                    getBook | levels | '' | levels is ""; it must be a whole number from 1 to 1000
                    getBook     | levels    | 9999999999999999999 | levels is "9999999999999999999"; it must be a whole
                    getBook | symbol | a/b | symbol is "a/b"; it must be 1 to 40 letters, digits or
                    getBook     | symbol    | ''                  | symbol is ""; it must be 1 to 40 letters
                    getContext  | vwap_mode | BASE                | vwap_mode is "BASE"; it must be one of base, quote
                    getOrders   | status    | ''                  | status is ""; it must be one of open, ended, all
                    getProfile  | from      | 1e5                 | from is "1e5"; it must be a price such as 50000.5
                    cancelOrder | id        | x                   | id is "x"; it must be a whole number from 0 to
                    """)
    void aValueThatTheContractDoesNotAllow(String operation, String parameter, String value, String reason) {
        assertThatThrownBy(() -> parameter(operation, parameter).value(List.of(value)))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith(reason)
                .matches(e -> ((ApiException) e).status() == 400);
    }

    @Test
    void aLongValueIsCutAndALineBreakIsNotRepeated() {
        assertThatThrownBy(() -> parameter("getBook", "symbol").value(List.of("x\ny".repeat(100))))
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"side\":\"buy\",\"qty\":1}",
                "{\"side\":\"sell\",\"qty\":\"0.010\",\"type\":null,\"symbol\":null,\"price\":null}",
                "{\"side\":\"buy\",\"qty\":1.5,\"type\":\"stop\",\"stop_price\":\"90\"}"
            })
    void aBodyThatTheContractAllows(String body) throws ApiException {
        assertThat(operation("placeOrder").body().read("application/json", body).has("qty"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                            | the body is missing; it must be a JSON object with side, qty
                    []                            | the body is []; it must be a JSON object with side, qty
                    {"side":                      | the body is not one JSON object: see line 1, column
                    {} {}                         | the body is not one JSON object
                    {"side":"buy"}                | qty is missing; it must be a decimal number of at most 40 characters
                    {"qty":1}                     | side is missing; it must be one of buy, sell
                    {"qty":1,"side":"up"}         | side is "up"; it must be one of buy, sell
                    {"qty":1,"side":null}         | side is null; it must be one of buy, sell
                    {"qty":"NaN","side":"buy"}    | qty is "NaN"; it must be a decimal number
                    {"qty":true,"side":"buy"}     | qty is true; it must be a decimal number
                    {"qty":{},"side":"buy"}       | qty is {}; it must be a decimal number
                    {"qty":1,"qty":2}             | the body is not one JSON object: Duplicate field 'qty'
                    {"qty":1,"leverage":5}        | field leverage is unknown; known are symbol, side, type, qty, price
                    {"qty":1,"side":"buy","symbol":"a/b"} | symbol is "a/b"; it must be 1 to 40 letters
                    """)
    void aBodyThatTheContractDoesNotAllow(String body, String reason) {
        assertThatThrownBy(() -> operation("placeOrder").body().read("application/json", body))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith(reason)
                .matches(e -> ((ApiException) e).status() == 400);
    }

    @Test
    void onlyJsonIsTaken() {
        assertThatThrownBy(() -> operation("placeOrder").body().read("text/plain", "{}"))
                .matches(e -> ((ApiException) e).status() == 415);
        assertThatThrownBy(() -> operation("placeOrder").body().read(null, null))
                .matches(e -> ((ApiException) e).status() == 415);
    }
}
