package dev.livefeed.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.livefeed.app.conformance.Finding.Result;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.codec.EventForms;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The templates keep every rule; each change of the one in Python breaks the rule that it is about. */
class ConnectorCheckIT {

    private static final Path TEMPLATES = Path.of("examples", "connectors").toAbsolutePath();
    private static final String CONNECTED = "emit(\"status\", status=\"connected\", synthetic=True)\n";
    private static final String CONFIRM = "emit(\"status\", status=WORDS[word], **about)";

    /** A change of the template, the rule that it breaks, and others that cannot be kept then. */
    private record Fault(ProtocolRule rule, String from, String to, ProtocolRule... also) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault(ProtocolRule.STARTS, CONNECTED, ""),
            new Fault(ProtocolRule.JSON_LINES, CONNECTED, CONNECTED + "print('connected to the venue', flush=True)\n"),
            new Fault(
                    ProtocolRule.LINE_LENGTH,
                    CONNECTED,
                    CONNECTED + "emit('status', status='note', text='x' * 2**20)\n",
                    ProtocolRule.JSON_LINES),
            new Fault(
                    ProtocolRule.FLUSH,
                    "    print(json.dumps({\"type\": event_type, **fields}), flush=True)",
                    "    text = json.dumps({'type': event_type, **fields})\n"
                            + "    print(text[:20], end='', flush=True)\n"
                            + "    event_type == 'trade' and trade_id == 20 and time.sleep(1.3)\n"
                            + "    print(text[20:], flush=True)",
                    ProtocolRule.HEARTBEAT),
            new Fault(
                    ProtocolRule.STDERR,
                    CONNECTED,
                    CONNECTED + "print('{\"type\":\"status\",\"status\":\"note\"}', file=sys.stderr)\n"),
            new Fault(ProtocolRule.KNOWN_TYPES, CONNECTED, CONNECTED + "emit('trades', price='1')\n"),
            new Fault(ProtocolRule.KNOWN_TYPES, CONNECTED, CONNECTED + "emit('status', status='heart_beats')\n"),
            new Fault(ProtocolRule.STARTS, CONNECTED, "time.sleep(60)\n" + CONNECTED),
            new Fault(
                    ProtocolRule.FLUSH,
                    "flush=True)",
                    "end='', flush=True)",
                    ProtocolRule.STARTS,
                    ProtocolRule.JSON_LINES),
            new Fault(ProtocolRule.FLUSH, "flush=True)", "flush=False)", ProtocolRule.UNSUBSCRIBE),
            new Fault(
                    ProtocolRule.STDERR,
                    "    market()\n",
                    "    market()\n    print('debug\\n' * 300, file=sys.stderr)\n"),
            new Fault(ProtocolRule.FIELDS, "\"prev_update_id\": last", "\"prevUpdateId\": last"),
            new Fault(ProtocolRule.FIELDS, "{\"snapshot\": False", "{\"isSnapshot\": False"),
            new Fault(
                    ProtocolRule.FIELDS,
                    CONNECTED,
                    CONNECTED + "emit('status', status='instrument', symbol='BTCUSDT', phase='open')\n"),
            new Fault(
                    ProtocolRule.TIMES,
                    CONNECTED,
                    CONNECTED + "emit('status', status='gap', channel='trades', **{'from': 1795564800000})\n"),
            new Fault(ProtocolRule.TIMES, "time.time_ns() // 10**6", "time.time_ns() // 10**6 - 5 * 3600_000"),
            new Fault(ProtocolRule.BAD_COMMAND, "code=\"bad-command\"", "code=\"unknown\""),
            new Fault(ProtocolRule.RESYNC, "\"resync\": \"resyncing\"", "\"resync\": \"resynced\""),
            new Fault(
                    ProtocolRule.RESYNC,
                    "        if key[0] == \"trades\":",
                    "        if key[0] == 'depth':\n            continue\n        if key[0] == \"trades\":"),
            new Fault(
                    ProtocolRule.BOOK_SNAPSHOT,
                    "        books.pop(key, None)",
                    "        word == 'resync' and books.pop(key, None)",
                    ProtocolRule.SUBSCRIBE),
            new Fault(ProtocolRule.ANSWERED_ONCE, CONFIRM, CONFIRM.replace("**about", "**{**about, 'symbol': 'X'}")),
            new Fault(
                    ProtocolRule.HISTORY,
                    "emit(\"error\", error=\"there is no history\", code=\"unsupported\", **about)",
                    "emit('kline', history=True, timestamp=1795564800000, symbol=symbol, interval='1m',"
                            + " start=1795564800000, end=1795564859999, open=1, high=1, low=1, close=1, volume=1,"
                            + " closed=True); emit('status', status='history_done', count=1, complete=True,"
                            + " **{'from': '2026-11-25T00:00:00Z', 'to': '2026-11-25T00:01:00Z'}, **about)"),
            new Fault(
                    ProtocolRule.BAD_SETTINGS,
                    "    print(f\"TEMPLATE_INTERVAL_MS is {INTERVAL}, must be a number\", file=sys.stderr)\n",
                    ""),
            new Fault(
                    ProtocolRule.STOP,
                    "            trade_id += 1\n",
                    "            trade_id += 1\n            trade_id == 9 and os.dup2(os.open('/dev/null', 1), 1)\n"),
            new Fault(ProtocolRule.FIELDS, "side=\"buy\", ", ""),
            new Fault(ProtocolRule.DECIMALS, "price=f\"100.{10 + trade_id % 90}\"", "price=0.1 + 0.2"),
            new Fault(ProtocolRule.DECIMALS, "price=f\"100.{10 + trade_id % 90}\"", "price='-1'"),
            new Fault(ProtocolRule.TIMES, "time.time_ns() // 10**6", "time.time_ns() // 10**9", ProtocolRule.RESYNC),
            new Fault(ProtocolRule.TIMES, "time.time_ns() // 1000", "time.time_ns() // 1000 - 2 * 3600 * 10**6"),
            new Fault(ProtocolRule.TIMES, "time.time_ns() // 10**6", "time.time_ns() // 10**6 + 3600_000"),
            new Fault(ProtocolRule.HEARTBEAT, "beat = time.monotonic() + 0.3", "beat = time.monotonic() + 60"),
            new Fault(
                    ProtocolRule.SUBSCRIBE, CONFIRM, "word == 'subscribe' or " + CONFIRM, ProtocolRule.ONLY_SUBSCRIBED),
            new Fault(
                    ProtocolRule.REFUSAL,
                    "emit(\"error\", error=\"no such channel or book\", code=\"refused\", **about)",
                    "pass"),
            new Fault(ProtocolRule.BAD_COMMAND, "emit(\"error\", error=str(e), code=\"bad-command\")", "pass"),
            new Fault(
                    ProtocolRule.BAD_COMMAND,
                    "emit(\"error\", error=\"no command, or no channel and symbol\", code=\"bad-command\", **about)",
                    "pass"),
            new Fault(
                    ProtocolRule.PING,
                    "emit(\"status\", status=\"heartbeat\", **about)",
                    "pass",
                    ProtocolRule.SLOW_READER),
            new Fault(
                    ProtocolRule.HISTORY,
                    "emit(\"error\", error=\"there is no history\", code=\"unsupported\", **about)",
                    "pass"),
            new Fault(
                    ProtocolRule.HISTORY,
                    "emit(\"error\", error=\"there is no history\", code=\"unsupported\", **about)",
                    "emit('status', status='history_done', count=3, complete=True, **about)"),
            new Fault(ProtocolRule.ANSWERED_ONCE, CONFIRM, CONFIRM + "; " + CONFIRM),
            new Fault(ProtocolRule.ANSWERED_ONCE, CONNECTED, CONNECTED + "emit('error', error='none', id='mine')\n"),
            new Fault(ProtocolRule.ONLY_SUBSCRIBED, "        active.pop(key, None)\n", ""),
            new Fault(ProtocolRule.BOOK_SNAPSHOT, "{\"snapshot\": True}", "{\"snapshot\": False}", ProtocolRule.RESYNC),
            new Fault(
                    ProtocolRule.BOOK_SNAPSHOT,
                    "            trade_id += 1\n",
                    "            trade_id += 1\n            trade_id == 9 and emit('status', status='disconnected')\n"),
            new Fault(
                    ProtocolRule.BOOK_CHAIN,
                    "\"prev_update_id\": last - 1",
                    "\"prev_update_id\": last - (1 + (last == 9))"),
            new Fault(ProtocolRule.BOOK_PRICES, "bids=[[\"100\", \"1.5\"]]", "bids=[[\"101.5\", \"1\"]]"),
            new Fault(
                    ProtocolRule.BOOK_PRICES, "bids=[[\"100\", \"1.5\"]]", "bids=[[\"99\", \"1\"], [\"100\", \"1\"]]"),
            new Fault(ProtocolRule.RESYNC, "(word == \"resync\" and key not in active)", "word == \"resync\""),
            new Fault(
                    ProtocolRule.TRADE_ORDER,
                    "time.time_ns() // 10**6",
                    "time.time_ns() // 10**6 - trade_id % 2 * 500"),
            new Fault(ProtocolRule.TRADE_ONCE, "id=trade_id,", "id=trade_id // 2,"),
            new Fault(ProtocolRule.TRADE_COMPLETE, "trade_id += 1", "trade_id += 1 + (trade_id == 25)"),
            new Fault(
                    ProtocolRule.SLOW_READER,
                    "    print(json.dumps({\"type\": event_type, **fields}), flush=True)",
                    "    since = time.monotonic()\n"
                            + "    print(json.dumps({'type': event_type, **fields, 'pad': 'x' * 9000}), flush=True)\n"
                            + "    time.monotonic() - since > 0.6 and os._exit(3)",
                    ProtocolRule.UNSUBSCRIBE,
                    ProtocolRule.STOP,
                    ProtocolRule.JSON_LINES),
            new Fault(ProtocolRule.UNSUBSCRIBE, "\"unsubscribe\": \"unsubscribed\"", "\"unsubscribe\": \"gone\""),
            new Fault(ProtocolRule.STOP, "        sys.exit(0)\n", "        sys.exit(3)\n"),
            new Fault(ProtocolRule.STOP, "        sys.exit(0)\n", "        pass\n"),
            new Fault(ProtocolRule.END_OF_INPUT, "(os.read(0, 65536) or sys.exit(0))", "os.read(0, 65536)"),
            new Fault(
                    ProtocolRule.END_OF_INPUT,
                    "(os.read(0, 65536) or sys.exit(0))",
                    "(os.read(0, 65536) or sys.exit(1))"),
            new Fault(
                    ProtocolRule.SIGTERM,
                    CONNECTED,
                    "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + CONNECTED),
            new Fault(
                    ProtocolRule.DESCENDANTS,
                    CONNECTED,
                    "import subprocess\nsubprocess.Popen(['sleep', '600'], stdin=-3, stdout=-3, stderr=-3)\n"
                            + CONNECTED),
            new Fault(ProtocolRule.BAD_SETTINGS, "sys.exit(78)", "sys.exit(1)"));

    /** Python itself: what a version manager puts on the path in its place is a script that looks for it. */
    private static String python;

    @TempDir
    private Path folder;

    private final ExecutorService checks = Executors.newFixedThreadPool(12);

    @BeforeAll
    static void findPython() throws IOException {
        Process asked = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable, end='')").start();
        python = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Path.of(python)).isExecutable();
    }

    @AfterEach
    void end() {
        checks.shutdownNow();
    }

    private RuleFindings check(String program, Path script) throws InterruptedException {
        return check(program, script, Duration.ofSeconds(120));
    }

    private RuleFindings check(String program, Path script, Duration limit) throws InterruptedException {
        InstrumentId instrument = InstrumentId.of(null, "linear", "BTCUSDT");
        List<Subscription> subscriptions = Stream.of("trades", "depth")
                .map(channel -> new Subscription(
                        channel, instrument, "sub-" + channel, Subscription.State.WANTED, null, Set.of()))
                .toList();
        TrialPlan.TrialWaits times = new TrialPlan.TrialWaits(
                Duration.ofSeconds(15),
                Duration.ofMillis(2_500),
                Duration.ofMillis(1_200),
                Duration.ofMillis(2_200),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                limit);
        TrialPlan plan = new TrialPlan(
                List.of(program, script.toString()),
                folder,
                Map.of("PATH", System.getenv("PATH")),
                Map.of("TEMPLATE_INTERVAL_MS", "often"),
                new Instruments(null, "linear", List.of(instrument)),
                subscriptions,
                times);
        return new ConnectorCheck(plan, text -> text).run();
    }

    private static Set<ProtocolRule> failed(RuleFindings findings) {
        return findings.rows().stream()
                .filter(row -> row.result() == Result.FAILED)
                .map(Finding::rule)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProtocolRule.class)));
    }

    /** The template with more heartbeats, since it is watched for a short time. */
    private Path template(String name, String from, String to, int number) throws IOException {
        String text =
                Files.readString(TEMPLATES.resolve(name)).replace("time.monotonic() + 2", "time.monotonic() + 0.3");
        assertThat(text).contains(from);
        return Files.writeString(folder.resolve(number + name), text.replace(from, to));
    }

    @Test
    @Tag("drill")
    void everyRuleHasAConnectorThatBreaksIt() {
        assertThat(FAULTS)
                .extracting(Fault::rule)
                .containsAll(EnumSet.complementOf(EnumSet.of(ProtocolRule.TIME_LIMIT)));
    }

    @TestFactory
    Stream<DynamicTest> connectorThatBreaksTheRuleIsFound() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < FAULTS.size(); i++) {
            Fault fault = FAULTS.get(i);
            Path script = template("connector.py", fault.from(), fault.to(), i);
            CompletableFuture<RuleFindings> checked = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return check(python, script);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    checks);
            tests.add(dynamicTest(fault.rule() + " " + i, () -> {
                RuleFindings findings = checked.get();
                Set<ProtocolRule> allowed = EnumSet.of(fault.rule(), fault.also());
                assertThat(failed(findings))
                        .as("%s%n%s", fault, String.join("\n", ConformanceTable.rows(findings)))
                        .contains(fault.rule())
                        .isSubsetOf(allowed);
            }));
        }
        return tests.stream();
    }

    /** What is unusual, but right. */
    private static final Map<String, List<String>> UNUSUAL = Map.of(
            "more fields and types",
            List.of(CONNECTED, CONNECTED + "emit('quote', bid='1', idx=1)\nemit('status', status='weather')\n"),
            "no books",
            List.of("channel not in (\"trades\", \"depth\")", "channel != \"trades\""),
            "slow to start",
            List.of(CONNECTED, "time.sleep(5)\n" + CONNECTED),
            "connects when something is subscribed",
            List.of(
                    CONNECTED,
                    "",
                    "        books.pop(key, None)",
                    "        active or emit(\"status\", status=\"connected\", synthetic=True)\n"
                            + "        books.pop(key, None)"),
            "trades of one order are numbered in a row, others are not",
            List.of(
                    "            trade_id += 1\n",
                    "            trade_id += 1 + trade_id % 30 // 29 * 500\n",
                    "\"timestamp\": time.time_ns() // 10**6",
                    "\"timestamp\": time.time_ns() // 10**10 * 10**4"));

    @TestFactory
    Stream<DynamicTest> unusualConnectorKeepsEveryRule() {
        return UNUSUAL.entrySet().stream()
                .map(unusual -> dynamicTest(unusual.getKey(), () -> {
                    List<String> changes = unusual.getValue();
                    String text = Files.readString(template("connector.py", "import", "import", 200));
                    for (int i = 0; i < changes.size(); i += 2) {
                        assertThat(text).contains(changes.get(i));
                        text = text.replace(changes.get(i), changes.get(i + 1));
                    }
                    Path script = Files.writeString(folder.resolve(unusual.getKey() + ".py"), text);
                    RuleFindings findings = check(python, script);
                    assertThat(failed(findings))
                            .as(String.join("\n", ConformanceTable.rows(findings)))
                            .isEmpty();
                }));
    }

    @Test
    void limitOfTheTimeIsItsOwnRowAndFailsNothingElse() throws Exception {
        Path script = template("connector.py", "import", "import", 300);

        RuleFindings findings = check(python, script, Duration.ofSeconds(2));

        assertThat(failed(findings))
                .as(String.join("\n", ConformanceTable.rows(findings)))
                .containsExactly(ProtocolRule.TIME_LIMIT);
    }

    @Test
    void fieldsOfEachTypeAreThoseOfTheDocument() throws Exception {
        String document = Files.readString(Path.of("doc/PROTOCOL.md"));
        Set<String> named = Pattern.compile("`(\\w+)`")
                .matcher(document)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        for (String type : EventForms.types()) {
            assertThat(named).as(type).containsAll(EventForms.fields(type));
        }
        Matcher rows = Pattern.compile("(?m)^\\| `(trade|depth|kline|order|position)` \\| (`timestamp`.*)$")
                .matcher(document);
        int types = 0;
        while (rows.find()) {
            List<String> fields = Pattern.compile("`([a-z_]+)`(?!,| \\()")
                    .matcher(rows.group(2).replaceAll("\\([^)]*\\)", ""))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            assertThat(EventForms.fields(rows.group(1))).as(rows.group(1)).containsAll(fields);
            types++;
        }
        assertThat(types).isEqualTo(5);
    }

    @Test
    void templatesKeepEveryRule() throws Exception {
        for (String template : List.of("connector.py", "connector.mjs")) {
            Path script = template.endsWith("py")
                    ? template(template, "import", "import", 100)
                    : Files.writeString(
                            folder.resolve(template),
                            Files.readString(TEMPLATES.resolve(template)).replace("}), 2000)", "}), 300)"));
            RuleFindings findings = check(template.endsWith("py") ? python : "node", script);
            assertThat(failed(findings))
                    .as(String.join("\n", ConformanceTable.rows(findings)))
                    .isEmpty();
            assertThat(findings.rows())
                    .filteredOn(row -> row.result() != Result.OK)
                    .extracting(Finding::rule)
                    .containsExactly(ProtocolRule.HISTORY);
            assertThat(Files.readAllLines(TEMPLATES.resolve(template))).hasSizeLessThanOrEqualTo(60);
        }
    }

    @Test
    void programThatDoesNotExistIsAFailure() throws Exception {
        RuleFindings findings = check(folder.resolve("none").toString(), folder);

        assertThat(failed(findings)).containsExactly(ProtocolRule.STARTS);
        assertThat(Arrays.asList(ProtocolRule.values())).hasSameSizeAs(findings.rows());
    }
}
