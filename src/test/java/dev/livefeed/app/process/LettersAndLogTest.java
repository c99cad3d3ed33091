package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Dead letters and log lines are bounded, on one line, and without secrets. */
class LettersAndLogTest {

    private final Secrets secrets = new Secrets(List.of("hush-hush", "", "abc"));
    private final DeadLetters letters = new DeadLetters(secrets::redact);
    private final StatusLog statusLog = new StatusLog(secrets::redact);
    private final Logger logger = (Logger) LoggerFactory.getLogger(StatusLog.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    private List<String> log() {
        return logged.list.stream()
                .map(e -> e.getLevel() + " " + e.getFormattedMessage())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"execution\",\"price\":\"777\"}",
                "{\"price\":\"777\", \"type\" : \"execution\"}",
                "{\"type\":\"execution\",\"price\":\"777"
            })
    void accountRowIsHiddenButItsReasonIsShown(String row) {
        DeadLetters.Letter letter = letters.add(bytes(row), "bad-price", "price is \"x\"");
        DeadLetters.Letter failed = letters.add(
                bytes(row), "step-failed", "route account: cannot convert {\"type\":\"execution\",\"price\":777}");

        assertThat(letter.message()).isEqualTo("price is \"x\"");
        assertThat(failed.message()).isEqualTo("route account: cannot convert (the row)");
        assertThat(letters.last())
                .hasSize(2)
                .extracting(DeadLetters.Letter::line)
                .allMatch(line -> line.matches("a private row of type execution, \\d+ bytes: not shown"));
        // Without the time, which may contain the same digits.
        assertThat(letters.last()).noneMatch(each -> (each.message() + each.line()).contains("777"));
    }

    @Test
    void letterIsTruncatedAndSanitized() {
        DeadLetters.Letter letter =
                letters.add(bytes("a hush-hush\u0007\tb" + "x".repeat(2_000)), "not-json", "bad\nhush-hush");

        assertThat(letter.line())
                .startsWith("a ***??bxxx")
                .endsWith("… (2014 bytes)")
                .hasSizeLessThan(550);
        assertThat(letter.message()).isEqualTo("bad?***");
        assertThat(letter.reason()).isEqualTo("not-json");
        assertThat(letters.add(null, "step-failed", "no line").line()).isEmpty();
    }

    @Test
    void truncatedSecretIsNotShownInPart() {
        String line = "x".repeat(495) + "hush-hush" + "x".repeat(600);

        assertThat(letters.add(bytes(line), "not-json", "m").line()).doesNotContain("hush");
        assertThat(secrets.redact("key is \"hush-…\", must be")).isEqualTo("key is \"***…\", must be");
        assertThat(secrets.redact("the beginning of it: hush-hus")).isEqualTo("the beginning of it: ***");
    }

    @Test
    void lastHundredAreKeptAndAllAreCounted() {
        List<String> told = new ArrayList<>();
        letters.onReason(told::add);
        for (int i = 1; i <= 150; i++) {
            letters.add(bytes("line " + i), i % 2 == 0 ? "even" : "odd", "m");
        }

        assertThat(letters.total()).isEqualTo(150);
        assertThat(letters.byReason()).isEqualTo(Map.of("even", 75L, "odd", 75L));
        assertThat(letters.last()).hasSize(100);
        assertThat(letters.last().get(0).line()).isEqualTo("line 51");
        assertThat(letters.last().get(99).line()).isEqualTo("line 150");
        assertThat(told).containsExactly("odd", "even");
    }

    @Test
    void reasonsBeyondTheFirstHundredAreCountedTogether() {
        List<String> told = new ArrayList<>();
        letters.onReason(told::add);
        for (int i = 1; i <= 150; i++) {
            letters.add(bytes("line"), "reason-" + i, "m");
        }

        assertThat(told).hasSize(101).endsWith("reason-100", "other");
        assertThat(letters.count("other")).isEqualTo(50);
        assertThat(letters.total()).isEqualTo(150);
    }

    @Test
    void reasonsAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            letters.add(null, "reason-" + i, "m");
        }
        assertThat(letters.byReason()).hasSizeLessThanOrEqualTo(101).containsEntry("other", 900L);
    }

    @Test
    void secretsAreRecognizedByName() {
        for (String name : List.of(
                "BYBIT_API_SECRET",
                "X_API_KEY",
                "DB_PASSWORD",
                "MY_TOKEN",
                "OKX_PASSPHRASE",
                "A_PRIVATE_PEM",
                "SIGNING_KEY",
                "CREDENTIALS")) {
            assertThat(Secrets.of(Map.of(name, "sesame"), Map.of()).redact("open sesame"))
                    .as(name)
                    .isEqualTo("open ***");
        }
        assertThat(Secrets.of(Map.of("SYMBOL", "sesame", "USE_PRIVATE", "true"), Map.of())
                        .redact("sesame true"))
                .isEqualTo("sesame true");
    }

    @Test
    void loginsOfProxiesAndValuesOfHeadersAreSecrets() {
        Secrets hidden = Secrets.of(
                Map.of("https_proxy", "http://user:s%40same@proxy:1", "NO_PROXY", "a.example"),
                Map.of("BYBIT_PROXY", "socks5://me:p@ss:word@h:1", "BYBIT_HEADERS", "x-site: first | x-token: second"));
        String basic = Base64.getEncoder().encodeToString("user:s@same".getBytes());
        for (String secret : List.of("s%40same", "s@same", basic, "p@ss:word", "second", "user:s%40same")) {
            assertThat(hidden.redact("a " + secret + " b")).as(secret).isEqualTo("a *** b");
        }
        assertThat(hidden.redact("proxy h:1 a.example x-token")).isEqualTo("proxy h:1 a.example x-token");
    }

    @Test
    void secretsOfAtLeastFourLettersAreReplacedEverywhere() {
        assertThat(secrets.redact("hush-hush, abc, hush-hush")).isEqualTo("***, abc, ***");
        assertThat(secrets.redact((String) null)).isNull();
        Status status = Statuses.of(
                "hush-hush",
                "c",
                "S",
                "trades",
                "hush-hush",
                "r hush-hush",
                Map.of("hush-hush", List.of(Map.of("k", "hush-hush")), "n", 1));
        assertThat(secrets.redact(status))
                .isEqualTo(Statuses.of(
                        "***", "c", "S", "trades", "***", "r ***", Map.of("***", List.of(Map.of("k", "***")), "n", 1)));
        assertThat(secrets.redact(new Failure("hush-hush", "hush-hush", null, null, null, true)))
                .isEqualTo(new Failure("***", "***", null, null, null, true));
        Status clean = Statuses.of("connected", "x");
        assertThat(new Secrets(List.of()).redact(clean)).isSameAs(clean);
    }

    @Test
    void changesAreLoggedAndHeartbeatsAreNot() {
        statusLog.status(Statuses.of(ConnectionUp.STATUS, "bybit"));
        statusLog.status(Statuses.of(Heartbeat.STATUS, "bybit"));
        statusLog.status(Events.status(ConnectionDown.STATUS, null, null, null, "hush-hush broke"));
        statusLog.status(Events.status(Subscribed.STATUS, "trades", "BTCUSDT", "1", null));
        statusLog.status(Statuses.with(Statuses.of("new-word", null), "n", 1));
        statusLog.status(Events.status(Gap.STATUS, "trades", "BTCUSDT", null, "lost"));

        assertThat(log())
                .containsExactly(
                        "INFO connector_connected connector=bybit",
                        "WARN connector_disconnected reason=\"*** broke\"",
                        "INFO connector_status subscribed symbol=BTCUSDT channel=trades",
                        "INFO connector_status new-word n=1",
                        "WARN connector_gap symbol=BTCUSDT channel=trades reason=\"lost\"");
    }

    @Test
    void errorsOfTwoMarketsAreTwoLines() {
        for (int i = 0; i < 3; i++) {
            statusLog.failure(new Failure("no", "7", "BTCUSDT", "linear", "trades", null, false));
            statusLog.failure(new Failure("no", "7", "BTCUSDT", "spot", "trades", null, false));
        }

        assertThat(log())
                .containsExactly(
                        "WARN connector_error count=1 error=\"no symbol=linear:BTCUSDT channel=trades code=7\"",
                        "WARN connector_error count=1 error=\"no symbol=spot:BTCUSDT channel=trades code=7\"");
    }

    @Test
    void repeatedFailureIsCounted() {
        for (int i = 0; i < 250; i++) {
            statusLog.failure(new Failure("no", "7", "BTCUSDT", null, null, false));
        }
        statusLog.failure(new Failure("another", null, null, null, null, false));

        assertThat(statusLog.failures()).isEqualTo(251);
        assertThat(log())
                .containsExactly(
                        "WARN connector_error count=1 error=\"no symbol=BTCUSDT code=7\"",
                        "WARN connector_error count=10 error=\"no symbol=BTCUSDT code=7\"",
                        "WARN connector_error count=100 error=\"no symbol=BTCUSDT code=7\"",
                        "WARN connector_error count=1 error=\"another\"");
    }

    @Test
    void eachKnownStatusHasItsOwnLogFormat() {
        List.of(Gap.STATUS, Degraded.STATUS, PrivateDisconnected.STATUS, Synced.STATUS, Resyncing.STATUS)
                .forEach(name -> statusLog.status(Statuses.of(name, "c")));

        assertThat(logged.list).hasSize(5).extracting(ILoggingEvent::getMessage).doesNotHaveDuplicates();
        assertThat(logged.list.get(0).getFormattedMessage()).isEqualTo("connector_gap connector=c");
        assertThat(logged.list.get(3).getFormattedMessage()).isEqualTo("connector_status synced connector=c");
    }

    @ParameterizedTest
    @CsvSource({
        "connected, INFO connector_connected",
        "disconnected, WARN connector_disconnected",
        "subscribed, INFO connector_status subscribed",
        "unsubscribed, INFO connector_status unsubscribed",
        "resyncing, INFO connector_status resyncing",
        "synced, INFO connector_status synced",
        "repaired, INFO connector_status repaired",
        "gap, WARN connector_gap",
        "degraded, WARN connector_degraded",
        "private_disconnected, WARN connector_private_disconnected",
        "maintenance, WARN exchange_maintenance",
        "delisting, WARN instrument_delisting",
        "instrument, WARN instrument",
        "limit, WARN connector_limit",
        "throttled, INFO connector_status throttled",
        "ended, INFO connector_status ended",
        "word, INFO connector_status word",
        "heartbeat,",
        "history_done,",
        "command,",
    })
    void eachStatusHasItsLine(String status, String line) {
        statusLog.status(Events.status(status, null, "BTCUSDT", null, "why"));

        assertThat(log())
                .containsExactlyElementsOf(line == null ? List.of() : List.of(line + " symbol=BTCUSDT reason=\"why\""));
    }

    @Test
    void useOfALimitIsLoggedWithItsStageOnly() {
        long[] now = {0};
        StatusLog log = new StatusLog(secrets::redact, () -> now[0]);
        for (long used : new long[] {8, 9, 8, 10, 9, 7, 6, 5}) {
            log.status(new ConnectorLimit(Status.Head.of("c", "links"), null, "links", used, 10L));
            now[0] += 10_000_000_000L;
        }
        now[0] += 600_000_000_000L;
        log.status(new ConnectorLimit(Status.Head.of("c", "links"), null, "links", 4L, 10L));

        assertThat(log())
                .extracting(line -> line.replaceAll(".*used=(\\d+).*", "$1"))
                .containsExactly("8", "10", "9", "6", "4");
    }

    @Test
    void floodOfStatusesAndFailuresIsCounted() {
        long[] now = {0};
        StatusLog bounded = new StatusLog(secrets::redact, () -> now[0]);
        for (int i = 0; i < 5_000; i++) {
            bounded.status(Statuses.with(Statuses.of("odd", "c"), "n", i));
            bounded.failure(new Failure("e " + i, null, null, null, null, false));
        }
        bounded.status(Events.status(ConnectionDown.STATUS, null, null, null, "gone"));
        now[0] += 1_000_000_000L;
        bounded.status(Statuses.of(Heartbeat.STATUS, "c"));

        assertThat(log().stream().filter(line -> line.contains("connector_status odd")))
                .hasSize(200);
        assertThat(log().stream().filter(line -> line.contains("connector_error count=1 ")))
                .hasSize(200);
        assertThat(log())
                .endsWith(
                        "WARN connector_disconnected reason=\"gone\"",
                        "WARN connector_status_left_out count=4800: more than LOG_LINES_PER_SECOND",
                        "WARN connector_error_left_out count=4800: more than LOG_LINES_PER_SECOND");
        assertThat(bounded.failures()).isEqualTo(5_000);
    }
}
