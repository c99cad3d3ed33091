package dev.livefeed.connector.bybit.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Order;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateConnectionTest {

    private static final String ORDER = "{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"orderId\":\"o-1\","
            + "\"side\":\"Buy\",\"orderStatus\":\"New\",\"qty\":\"0.1\",\"price\":\"100.50\"}";

    private static String execution(String id) {
        return "{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"orderId\":\"o-1\",\"execId\":\"" + id
                + "\",\"side\":\"Buy\",\"execPrice\":\"100.50\",\"execQty\":\"0.1\"}";
    }

    @Test
    void withoutKeysNothingIsOpenedAndNothingSaid() {
        AccountHarness venue = new AccountHarness("BYBIT_API_KEY", "", "BYBIT_API_SECRET", " ");
        venue.link.start();
        venue.pass(Duration.ofMinutes(1));

        assertThat(venue.opened).isEmpty();
        assertThat(venue.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BYBIT_API_SECRET,'',only BYBIT_API_KEY is set and BYBIT_API_SECRET is not",
        "BYBIT_API_KEY,'',only BYBIT_API_SECRET is set and BYBIT_API_KEY is not",
        "BYBIT_API_KEY,'a\"b',BYBIT_API_KEY contains characters that do not occur in the venue's keys"
    })
    void keysThatCannotWorkAreSaidOnceWithoutTheirValues(String variable, String value, String reason) {
        AccountHarness venue = new AccountHarness(variable, value);
        venue.link.start();
        venue.pass(Duration.ofHours(2));
        venue.outbox.flush();

        assertThat(venue.opened).isEmpty();
        assertThat(venue.statuses()).singleElement().satisfies(status -> {
            assertThat(status.status()).isEqualTo(Degraded.STATUS);
            assertThat(status.reason()).isEqualTo(reason);
            assertThat(status.toString()).doesNotContain(AccountHarness.KEY, AccountHarness.SECRET, "a\\\"b");
        });
    }

    @Test
    void signsWithTheVenuesTimeAndAsksForEachTopicByItself() {
        AccountHarness venue = new AccountHarness();
        venue.offsetMicros = -3_600_000_000L;
        venue.link.start();
        assertThat(venue.opened).extracting(Object::toString).containsExactly("wss://stream.bybit.com/v5/private");

        venue.connect();
        String auth = venue.auth();

        long expires = venue.micros() / 1_000 + 10_000;
        assertThat(auth)
                .contains("\"op\":\"auth\"", '"' + AccountHarness.KEY + "\"," + expires + ",\"")
                .contains(dev.livefeed.exchange.account.ApiKeys.sign(AccountHarness.SECRET, "GET/realtime" + expires))
                .doesNotContain(AccountHarness.SECRET);
        venue.accept(auth);
        assertThat(venue.sent())
                .hasSize(4)
                .allMatch(request -> request.contains("\"subscribe\""))
                .extracting(request -> request.replaceAll(".*args\":", ""))
                .containsExactly("[\"order\"]}", "[\"execution\"]}", "[\"position\"]}", "[\"wallet\"]}");
        assertThat(venue.statuses())
                .extracting(Status::status)
                .containsExactly(Authenticating.STATUS, Authenticated.STATUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":true,\"ret_msg\":\"\",\"op\":\"auth\",\"conn_id\":\"x\"}",
                "{\"success\":\"true\",\"op\":\"auth\"}",
                "{\"retCode\":0,\"retMsg\":\"OK\",\"op\":\"auth\",\"connId\":\"x\"}",
                "{\"retCode\":\"0\",\"op\":\"auth\"}",
                "{\"success\":true,\"type\":\"AUTH_RESP\",\"conn_id\":\"x\"}",
                "{\"retCode\":20001,\"retMsg\":\"Repeat auth\",\"op\":\"auth\"}"
            })
    void everyShapeOfYesIsTaken(String yes) {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.sent();

        venue.receive(yes);

        assertThat(venue.sent()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "10003,'\"ret_msg\":\"API key is invalid.\"'",
        "10003,'\"retCode\":10003,\"retMsg\":\"Invalid.\"'",
        "10003,'\"ret_code\":\"10003\",\"ret_msg\":\"\"'",
        "10004,'\"ret_msg\":\"Error sign, please check your signature generation algorithm.\"'",
        "10004,'\"ret_msg\":\"error:10004\"'",
        "10005,'\"ret_msg\":\"Permission denied, please check your API key permissions.\"'",
        "10007,'\"ret_msg\":\"User authentication failed.\"'",
        "10009,'\"ret_msg\":\"The service is restricted in your region.\"'",
        "10010,'\"ret_msg\":\"Unmatched IP, please check your API key bound IP addresses.\"'",
        "33004,'\"ret_msg\":\"Your api key has expired.\"'",
        "-2015,'\"retCode\":-2015,\"retMsg\":\"Your api key has expired.\"'"
    })
    void refusedKeysMeanPublicDataOnlySaidOnceAndTriedAgainOnceAnHour(String code, String fields) {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.sent();

        venue.receive("{\"success\":false," + fields + ",\"op\":\"auth\",\"conn_id\":\"x\"}");

        assertThat(venue.closed).hasSize(1);
        List<Status> said = venue.statuses();
        assertThat(said).extracting(Status::status).containsExactly(Authenticating.STATUS, Degraded.STATUS);
        assertThat(said.get(1).details())
                .containsEntry("code", code)
                .containsEntry("retry_in_ms", 3_600_000)
                .containsKey("advice");
        venue.pass(Duration.ofMinutes(59));
        assertThat(venue.opened).hasSize(1);
        venue.pass(Duration.ofMinutes(2));
        assertThat(venue.opened).hasSize(2);
        venue.connect();
        venue.receive("{\"success\":false," + fields + ",\"op\":\"auth\",\"conn_id\":\"x\"}");
        assertThat(venue.statuses()).as("a repeated refusal").isEmpty();
    }

    @Test
    void keysThatAreGoodAgainAreTakenAtTheNextAttempt() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.refuse(venue.auth(), "Unmatched IP");
        venue.statuses();
        venue.untilOpened(Duration.ofMinutes(61));

        venue.letIn();

        assertThat(venue.statuses()).extracting(Status::status).containsExactly(Authenticated.STATUS);
    }

    @Test
    void aHandshakeAnsweredWith401IsARefusal() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();

        venue.close("the handshake was answered with 401", 401);
        venue.outbox.flush();

        assertThat(venue.statuses()).singleElement().satisfies(status -> assertThat(status.details())
                .containsEntry("code", "401"));
        venue.pass(Duration.ofMinutes(50));
        assertThat(venue.opened).hasSize(1);
    }

    @Test
    void aRefusedSignatureHasTheClockMeasuredOnceAndIsTriedAgain() {
        AccountHarness venue = new AccountHarness();
        venue.venueAheadMicros = 3_600_000_000L;
        venue.link.start();
        venue.connect();
        venue.refuse(venue.auth(), "Params Error");
        venue.pass(Duration.ofSeconds(1));
        assertThat(venue.sent()).as("waits for the clock").isEmpty();

        venue.offsetMicros = venue.venueAheadMicros;
        venue.measured = true;
        venue.pass(Duration.ofMillis(50));

        String second = venue.auth();
        assertThat(second).contains("," + (venue.micros() / 1_000 + 10_000) + ",");
        venue.accept(second);
        assertThat(venue.measurements).isEqualTo(1);
        assertThat(venue.statuses()).extracting(Status::status).endsWith(Authenticated.STATUS);
    }

    @Test
    void aSignatureRefusedAgainWithARightClockIsARefusalOfTheKeys() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.refuse(venue.auth(), "Params Error");
        venue.measured = true;
        venue.pass(Duration.ofMillis(100));

        venue.refuse(venue.auth(), "Params Error");

        assertThat(venue.statuses()).last().satisfies(status -> {
            assertThat(status.status()).isEqualTo(Degraded.STATUS);
            assertThat(status.details()).containsEntry("code", "params-error");
        });
        assertThat(venue.measurements).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600_000, -3_600_000})
    void whereNobodyCanBeAskedTheTimeOfThePongServes(long skew) {
        AccountHarness venue = new AccountHarness();
        venue.measured = false;
        venue.measurable = false;
        venue.link.start();
        venue.connect();
        String first = venue.auth();
        long venueTime = venue.time.micros() / 1_000 + skew;
        venue.receive(String.format(AccountHarness.PONG, venueTime));

        venue.refuse(first, "Params Error");

        assertThat(venue.auth()).contains("," + (venueTime + 10_000) + ",");
    }

    @Test
    void aTextThatNobodyKnowsIsTriedAFewTimesFurtherAndFurtherApart() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        for (int i = 0; i < 3; i++) {
            assertThat(venue.opened).hasSize(i + 1);
            venue.connect();
            venue.refuse(venue.auth(), "error:USVC1111");
            assertThat(venue.untilOpened(Duration.ofSeconds(30))).isGreaterThan(Duration.ofSeconds(3));
        }

        assertThat(venue.opened).hasSize(3);
        assertThat(venue.statuses()).last().satisfies(status -> {
            assertThat(status.status()).isEqualTo(Degraded.STATUS);
            assertThat(status.reason()).isEqualTo("error:USVC1111");
        });
    }

    @Test
    void aVenueThatCannotNowIsTriedAgainForEver() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        for (int i = 0; i < 6; i++) {
            venue.connect();
            venue.refuse(venue.auth(), "Too many visits!");
            venue.untilOpened(Duration.ofSeconds(90));
        }

        assertThat(venue.opened).hasSize(7);
        assertThat(venue.statuses()).extracting(Status::status).doesNotContain(Degraded.STATUS);
    }

    @Test
    void keysRevokedWhileConnectedAreNoticedAtTheNextConnection() {
        AccountHarness venue = AccountHarness.authenticated();
        venue.disconnect();
        venue.pass(Duration.ofSeconds(1));
        venue.connect();

        venue.refuse(venue.auth(), "API key is invalid.");

        assertThat(venue.statuses())
                .extracting(Status::status)
                .containsExactly(PrivateDisconnected.STATUS, Authenticating.STATUS, Degraded.STATUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":false,\"ret_msg\":\"Your api key has expired.\",\"op\":\"auth\"}",
                "{\"retCode\":33004,\"retMsg\":\"gone\"}",
                "{\"success\":false,\"ret_msg\":\"API key is invalid.\",\"op\":\"\"}"
            })
    void keysRevokedOnTheOpenConnectionAreNoticedAtOnce(String word) {
        AccountHarness venue = AccountHarness.authenticated();

        venue.receive(word);

        assertThat(venue.statuses()).extracting(Status::status).containsExactly(Degraded.STATUS);
        assertThat(venue.closed).hasSize(1);
    }

    @Test
    void afterALossItComesBackSignsAnewAndSaysWhatIsMissing() {
        AccountHarness venue = AccountHarness.authenticated();
        venue.rows("order", ORDER);
        Instant heard = Instant.ofEpochMilli(venue.time.micros() / 1_000);
        venue.events();
        venue.time.advance(Duration.ofMillis(40));
        venue.disconnect();
        assertThat(venue.statuses()).singleElement().satisfies(status -> {
            assertThat(status.status()).isEqualTo(PrivateDisconnected.STATUS);
            assertThat(status.reason()).isEqualTo("reset by the other side");
        });
        assertThat(venue.opened).hasSize(1);

        venue.pass(Duration.ofSeconds(1));
        assertThat(venue.opened).hasSize(2);
        venue.letIn();
        venue.pass(Duration.ofMillis(50));

        List<Status> said = venue.statuses();
        assertThat(said)
                .extracting(Status::status)
                .containsExactly(Authenticating.STATUS, Authenticated.STATUS, Gap.STATUS);
        Map<String, Object> gap = said.get(2).details();
        assertThat(Instant.parse((String) gap.get("from"))).isEqualTo(heard);
        assertThat(Instant.parse((String) gap.get("to"))).isAfter(heard.plusMillis(900));
        venue.pass(Duration.ofMinutes(1));
        assertThat(venue.statuses()).as("reported once").isEmpty();
    }

    @Test
    void attemptsThatFailAreFurtherAndFurtherApart() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        for (int i = 0; i < 200; i++) {
            if (venue.opened.size() > venue.closed.size()) {
                venue.close("refused", 0);
                venue.closed.add(0);
            }
            venue.pass(Duration.ofMillis(500));
        }

        assertThat(venue.opened).hasSizeBetween(10, 20);
    }

    @Test
    void aConnectionThatEndsBeforeTheAnswerIsNoStorm() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        for (int i = 0; i < 600; i++) {
            if (venue.opened.size() > venue.closed.size()) {
                venue.connect();
                venue.disconnect();
                venue.closed.add(0);
            }
            venue.pass(Duration.ofSeconds(1));
        }

        assertThat(venue.opened).hasSizeBetween(8, 16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AccountHarness.PONG,
                "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"x\",\"op\":\"ping\"}",
                "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"x\",\"req_id\":\"\",\"op\":\"ping\"}",
                "{\"args\":[\"%d\"],\"op\":\"pong\"}",
                "{\"retCode\":0,\"retMsg\":\"OK\",\"op\":\"pong\",\"data\":[\"%d\"],\"connId\":\"x\"}"
            })
    void everyShapeOfPongKeepsTheSilentConnection(String pong) {
        AccountHarness venue = AccountHarness.authenticated();

        venue.pass(Duration.ofMinutes(30), pong);

        assertThat(venue.opened).hasSize(1);
        assertThat(venue.events()).isEmpty();
    }

    @Test
    void withoutPongsTheConnectionIsMadeAnew() {
        AccountHarness venue = AccountHarness.authenticated();

        venue.pass(Duration.ofSeconds(22), null);

        assertThat(venue.closed).hasSize(1);
        assertThat(venue.statuses()).singleElement().satisfies(status -> assertThat(status.reason())
                .contains("no pong"));
        venue.pass(Duration.ofSeconds(1));
        assertThat(venue.opened).hasSize(2);
    }

    @Test
    void anAnswerThatNeverComesEndsTheAttempt() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();

        venue.pass(Duration.ofSeconds(6));

        assertThat(venue.closed).hasSize(1);
        assertThat(venue.statuses()).last().satisfies(status -> assertThat(status.reason())
                .contains("no answer to the signature"));
    }

    @Test
    void aRefusedTopicTakesNoOtherWithIt() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.accept(venue.auth());
        List<String> requests = venue.sent();

        venue.refuse(requests.get(2), "error:handler not found,topic:position");
        venue.accept(requests.get(3));
        venue.accept(requests.get(0));
        venue.accept(requests.get(1));
        venue.rows("order", ORDER);

        List<dev.livefeed.protocol.model.Event> events = venue.events();
        assertThat(events)
                .filteredOn(Failure.class::isInstance)
                .extracting(e -> ((Failure) e).channel(), e -> ((Failure) e).code())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("position", "refused"));
        assertThat(events).filteredOn(Order.class::isInstance).hasSize(1);
        venue.disconnect();
        venue.pass(Duration.ofSeconds(1));
        venue.connect();
        venue.accept(venue.auth());
        assertThat(venue.sent()).as("is not subscribed again").hasSize(3).noneMatch(r -> r.contains("position"));
    }

    @Test
    void whereEveryTopicIsRefusedTheSideIsDegraded() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.accept(venue.auth());

        venue.sent().forEach(request -> venue.refuse(request, "Permission denied"));

        assertThat(venue.statuses()).last().satisfies(status -> assertThat(status.status())
                .isEqualTo(Degraded.STATUS));
        venue.untilOpened(Duration.ofMinutes(61));
        venue.connect();
        venue.accept(venue.auth());
        assertThat(venue.sent()).as("all are subscribed again").hasSize(4);
    }

    @Test
    void anAnswerWithoutAnIdIsFoundByItsTopicOrItsTurn() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.accept(venue.auth());
        venue.lines.next();

        venue.receive("{\"success\":false,\"ret_msg\":\"error:handler not found,topic:wallet\",\"op\":\"subscribe\"}");
        venue.receive("{\"success\":true,\"ret_msg\":\"subscribe\",\"op\":\"subscribe\"}");
        venue.receive(
                "{\"success\":false,\"ret_msg\":\"error:already subscribed,topic:execution\",\"op\":\"subscribe\"}");

        List<dev.livefeed.protocol.model.Event> events = venue.events();
        assertThat(events)
                .filteredOn(Failure.class::isInstance)
                .singleElement()
                .extracting(e -> ((Failure) e).channel())
                .isEqualTo("wallet");
        assertThat(events)
                .filteredOn(Status.class::isInstance)
                .extracting(e -> ((Status) e).channel())
                .containsExactly("order", "execution");
    }

    @Test
    void aRequestWithoutAnswerIsSentOnceMoreAndItsRowsAreTakenAllTheSame() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.accept(venue.auth());
        venue.sent().stream().filter(r -> !r.contains("\"order\"")).forEach(venue::accept);

        venue.pass(Duration.ofMillis(5_100));
        assertThat(venue.sent()).singleElement().asString().contains("\"order\"");
        venue.pass(Duration.ofMillis(5_100));
        assertThat(venue.sent()).isEmpty();
        venue.rows("order", ORDER);

        List<dev.livefeed.protocol.model.Event> events = venue.events();
        assertThat(events)
                .filteredOn(Failure.class::isInstance)
                .singleElement()
                .extracting(e -> ((Failure) e).code())
                .isEqualTo("unanswered");
        assertThat(events).filteredOn(Order.class::isInstance).hasSize(1);
        assertThat(venue.opened).hasSize(1);
    }

    @Test
    void rowsThatComeBeforeTheAnswerAreTaken() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();
        venue.accept(venue.auth());

        venue.rows("order", ORDER);

        assertThat(venue.events()).filteredOn(Order.class::isInstance).hasSize(1);
    }

    @Test
    void anExecutionIsToldOnceOverReconnectsToo() {
        AccountHarness venue = AccountHarness.authenticated();
        venue.rows("execution", execution("e-1"), execution("e-2"), execution("e-1"));
        venue.disconnect();
        venue.pass(Duration.ofSeconds(1));
        venue.letIn();
        venue.rows("execution", execution("e-2"), execution("e-3"));

        assertThat(venue.events())
                .filteredOn(Execution.class::isInstance)
                .extracting(e -> ((Execution) e).id())
                .containsExactly("e-1", "e-2", "e-3");
    }

    @Test
    void aRowThatCannotBeUsedIsSaidAndItsNeighboursArrive() {
        AccountHarness venue = AccountHarness.authenticated();

        venue.rows("execution", execution("e-1"), execution("e-2").replace("0.1", "much"), "7", execution("e-3"));

        List<dev.livefeed.protocol.model.Event> events = venue.events();
        assertThat(events)
                .filteredOn(Execution.class::isInstance)
                .extracting(e -> ((Execution) e).id())
                .containsExactly("e-1", "e-3");
        assertThat(events)
                .filteredOn(Failure.class::isInstance)
                .extracting(e -> ((Failure) e).error())
                .containsExactly(
                        "a row of execution cannot be used: execQty is \"much\", must be a decimal >= 0",
                        "a row of execution cannot be used: the row is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"topic\":\"order\",\"data\":[{", "[]", "7", "null", "\"x\"", "{\"topic\":\"order\"}", ""})
    void aFrameThatCannotBeReadIsSaidAndTheConnectionStays(String frame) {
        AccountHarness venue = AccountHarness.authenticated();

        venue.receive(frame);
        venue.pass(Duration.ofSeconds(1));
        venue.rows("order", ORDER);

        List<dev.livefeed.protocol.model.Event> events = venue.events();
        assertThat(events).filteredOn(Failure.class::isInstance).hasSize(1);
        assertThat(events).filteredOn(Order.class::isInstance).hasSize(1);
        assertThat(venue.opened).hasSize(1);
    }

    @Test
    void aVenueThatRepeatsTheKeyInItsTextDoesNotGiveItAway() {
        AccountHarness venue = new AccountHarness();
        venue.link.start();
        venue.connect();

        venue.refuse(
                venue.auth(),
                "apikey " + AccountHarness.KEY + " with " + AccountHarness.SECRET + " is not valid, 10003");

        assertThat(venue.events().toString())
                .contains("apikey *** with *** is not valid")
                .doesNotContain(AccountHarness.KEY, AccountHarness.SECRET);
    }

    @Test
    void aSlowReaderLosesRowsOnlyWithAWordOfIt() {
        AccountHarness venue = AccountHarness.authenticated();
        venue.lines.block();
        for (int i = 0; i < 4_000; i++) {
            venue.rows("execution", execution("e-" + i));
        }
        venue.lines.unblock();
        venue.outbox.drained();
        venue.pass(Duration.ofSeconds(1));
        venue.rows("execution", execution("last"));

        List<dev.livefeed.protocol.model.Event> events = venue.events();
        long told = events.stream().filter(Execution.class::isInstance).count();
        assertThat(told).isBetween(500L, 3_999L);
        assertThat(events)
                .filteredOn(e -> e instanceof Status s && s.status().equals(Gap.STATUS))
                .singleElement()
                .satisfies(e -> assertThat(((Status) e).reason()).contains("too slow"));
    }

    @Test
    void nothingIsOpenedBeyondTheVenuesLimit() {
        AccountHarness venue = new AccountHarness();
        for (int others = 0; others < 400; others++) {
            assertThat(venue.budget.mayOpenUnqueued()).isTrue();
        }
        venue.link.start();
        venue.pass(Duration.ofMinutes(4));
        assertThat(venue.opened).isEmpty();

        venue.pass(Duration.ofMinutes(1));
        assertThat(venue.opened).hasSize(1);
    }

    @Test
    void aStopEndsTheConnectionAndNothingFollows() {
        AccountHarness venue = AccountHarness.authenticated();

        venue.link.stop();
        venue.pass(Duration.ofHours(2));

        assertThat(venue.closed).hasSize(1);
        assertThat(venue.opened).hasSize(1);
        assertThat(venue.events()).isEmpty();
    }
}
