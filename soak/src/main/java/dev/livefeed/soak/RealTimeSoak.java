package dev.livefeed.soak;

import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Runs the connector process with a local exchange over real sockets, in real time and with random faults. The
 * guarantees are those of the compressed soak, checked from the output of the process.
 */
public final class RealTimeSoak implements AutoCloseable {

    private static final long RECOVERY_TIMEOUT = 90_000;
    private static final int SAMPLE_EVERY = 10;
    private static final int MAX_LOG_LINES = 200;

    private final SoakFigures figures = new SoakFigures();
    private final SplittableRandom random;
    private final ExchangeServer exchange;
    private final ExchangeControl control;
    private final ConnectorUnderTest connector;
    private final List<StreamRequest> streams;
    private final Application application;
    private final RandomFaults faults;
    private final Set<StreamRequest> intended = new HashSet<>();
    private final Map<String, List<MadeTrade>> madeByMarket = new HashMap<>();
    private final List<long[]> restFaults = new ArrayList<>();
    private final Deque<String> log = new ArrayDeque<>();
    private Map<String, Object> lastHeartbeat = Map.of();
    private boolean everyBook;
    private long depths;
    private long unblockAt;
    private long blockedAt;
    private long residentKib;

    private RealTimeSoak(long seed) throws IOException {
        random = new SplittableRandom(seed);
        exchange = ExchangeServer.start(ExchangeConfig.builder()
                .seed(seed)
                .speed(2)
                .truth(true)
                .tradesKept(500_000)
                .build());
        control = new ExchangeControl(exchange.restUrl());
        connector = ConnectorUnderTest.start(
                Map.of("BYBIT_WS_BASE_URL", exchange.streamUrl(), "BYBIT_REST_BASE_URL", exchange.restUrl()));
        streams = List.of(
                StreamRequest.book("linear", "BTCUSDT", 50, 50),
                StreamRequest.book("linear", "BTCUSDT", 200, 50),
                StreamRequest.book("linear", "BTCUSDT", 1, 50),
                StreamRequest.trades("linear", "BTCUSDT"),
                StreamRequest.book("linear", "ETHUSDT", 50, 50),
                StreamRequest.trades("linear", "ETHUSDT"),
                StreamRequest.trades("linear", "SOLUSDT"),
                StreamRequest.book("spot", "XRPUSDT", 50, 50),
                StreamRequest.trades("spot", "XRPUSDT"),
                StreamRequest.book("inverse", "BTCUSD", 1000, 50),
                StreamRequest.trades("inverse", "BTCUSD"),
                StreamRequest.book("option", control.option(), 100, 25));
        faults = new RandomFaults(random.split(), streams, false);
        application = new Application(streams, this::book, this::unknowable, connector::send, figures);
    }

    /**
     * Runs {@code RealTimeSoak [seconds [seed]]}. Default: 600 s. Exits with status 1 if a guarantee was violated.
     */
    public static void main(String[] args) throws Exception {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 600;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed + ", " + seconds + " s");
        try (RealTimeSoak soak = new RealTimeSoak(seed)) {
            try {
                System.out.println(soak.run(seconds));
                System.out.println("largest resident memory of the connector, KiB: " + soak.residentKib);
            } catch (Violation e) {
                System.out.println(soak.figures);
                System.out.println(String.join("\n", soak.log));
                System.out.println("violated: " + e.getMessage());
                System.exit(1);
            }
        }
        System.exit(0);
    }

    /**
     * Runs a soak and returns its figures.
     *
     * @throws Violation with the log if a guarantee was violated
     */
    static SoakFigures run(long seconds, long seed) throws IOException, InterruptedException {
        try (RealTimeSoak soak = new RealTimeSoak(seed)) {
            try {
                return soak.run(seconds);
            } catch (Violation e) {
                throw new Violation(e.getMessage() + "\n" + String.join("\n", soak.log));
            }
        }
    }

    private SoakFigures run(long seconds) throws IOException, InterruptedException {
        long started = millis();
        streams.forEach(this::subscribe);
        long end = started + seconds * 1_000;
        long nextFault = started + 3_000;
        long nextCommand = started + 5_000;
        while (millis() < end) {
            take(20);
            if (millis() >= nextFault) {
                randomFault();
                nextFault = millis() + 1_000 + random.nextInt(9_000);
            }
            if (millis() >= nextCommand) {
                randomCommand();
                nextCommand = millis() + 2_000 + random.nextInt(12_000);
            }
        }
        note("FAULTS ENDED");
        control.clearFaults();
        unblockOutput();
        long settled = settle();
        control.fault("burst,rate=400,for=200ms");
        takeFor(2_000);
        settle();
        everyBook = true;
        takeFor(2_000);
        everyBook = false;
        verify();
        figures.sequences = 1;
        figures.simulatedMillis = millis() - started;
        figures.settleMillis = settled;
        figures.longestSettleMillis = settled;
        return figures;
    }

    /** Waits until everything has recovered and returns the time in milliseconds. */
    private long settle() throws InterruptedException {
        long since = millis();
        for (String problem = problem(since); problem != null; problem = problem(since)) {
            if (millis() - since > RECOVERY_TIMEOUT) {
                throw new Violation("not recovered within " + RECOVERY_TIMEOUT + " ms: " + problem);
            }
            application.states().stream()
                    .filter(state -> intended.contains(state.stream) && !state.wanted)
                    .map(state -> state.stream)
                    .toList()
                    .forEach(this::subscribe);
            takeFor(500);
        }
        return millis() - since;
    }

    private String problem(long since) throws InterruptedException {
        Map<String, Integer> made = new HashMap<>();
        streams.forEach(stream -> made.put(market(stream), made(stream).size()));
        takeFor(3_000);
        String problem = application.problem(intended, stream -> false, state -> state.trades
                .of(state.stream.symbol())
                .missing(made(state.stream), made.get(market(state.stream))));
        if (problem != null) {
            note("NOT RECOVERED, " + (millis() - since) + " ms: " + problem);
        }
        return problem;
    }

    private void verify() throws IOException, InterruptedException {
        for (StreamRequest stream : streams) {
            if (!stream.isBook() && intended.contains(stream)) {
                application.unsubscribe(stream);
                intended.remove(stream);
            }
        }
        for (long limit = millis() + 10_000; ; takeFor(100)) {
            String problem = application.problem(intended, stream -> false, state -> null);
            if (problem == null) {
                break;
            } else if (millis() > limit) {
                throw new Violation("after recovery: " + problem);
            }
        }
        application.states().stream()
                .filter(state -> state.trades != null)
                .forEach(state -> state.trades.of(state.stream.symbol()).verify(made(state.stream)));
        figures.connector(lastHeartbeat);
        figures.frames = ((Number) lastHeartbeat.getOrDefault("frames", 0)).longValue();
        int code = connector.end();
        if (code != 0) {
            throw new Violation("the connector ended with status " + code);
        }
    }

    private void randomFault() {
        if (random.nextInt(8) == 0) {
            long millis = 200 + random.nextInt(4_000);
            figures.fault("output-full");
            note("OUTPUT BLOCKED for " + millis + " ms");
            if (unblockAt == 0) {
                connector.block();
            }
            blockedAt = millis();
            unblockAt = millis() + millis;
            return;
        }
        String fault = faults.fault();
        figures.fault(fault.split(",")[0]);
        note("FAULT " + fault);
        if (fault.startsWith("rest") || fault.startsWith("slow-rest")) {
            restFaults.add(new long[] {millis(), millis() + 90_000});
        }
        control.fault(fault);
    }

    private void randomCommand() {
        StreamRequest stream = streams.get(random.nextInt(streams.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                application.unsubscribe(stream);
                intended.remove(stream);
            }
            case 1 -> {
                if (stream.isBook()) {
                    application.resync(stream);
                }
            }
            default -> subscribe(stream);
        }
        streams.stream()
                .filter(one -> !intended.contains(one) && random.nextBoolean())
                .toList()
                .forEach(this::subscribe);
    }

    private void subscribe(StreamRequest stream) {
        intended.add(stream);
        application.subscribe(stream);
    }

    private void takeFor(long millis) throws InterruptedException {
        for (long end = millis() + millis; millis() < end; ) {
            take(20);
        }
    }

    private void take(long millis) throws InterruptedException {
        if (unblockAt != 0 && millis() >= unblockAt) {
            unblockOutput();
        }
        for (Event event = connector.next(millis); event != null; event = connector.next(0)) {
            taken(event);
        }
    }

    private void unblockOutput() {
        if (unblockAt != 0) {
            unblockAt = 0;
            connector.unblock();
        }
    }

    private void taken(Event event) {
        if (event instanceof Status status && status.status().equals(Heartbeat.STATUS)) {
            lastHeartbeat = status.details();
            residentKib = Math.max(residentKib, connector.residentKib());
        } else if (!(event instanceof Trade) && !(event instanceof Depth)) {
            note(event.toString());
        }
        boolean gap = event instanceof Status status && status.status().equals(Gap.STATUS);
        application.event(
                new WrittenEvent(event, Map.of(), gap ? excused((Status) event) : recentlyBlocked(), millis() * 1_000));
    }

    /** Whether reading was blocked a short time ago. */
    private boolean recentlyBlocked() {
        return millis() - blockedAt < 15_000;
    }

    private boolean excused(Status gap) {
        String category = String.valueOf(gap.details().get("category"));
        long from = Instant.parse((String) gap.details().get("from")).toEpochMilli();
        List<MadeTrade> made = made(StreamRequest.trades(category, gap.symbol()));
        int reach = category.equals("spot") ? 60 : 1_000;
        return restFailedBetween(from, millis())
                || String.valueOf(gap.reason()).startsWith("the reader of the events")
                || (figures.faultsByKind.containsKey("bad-row")
                        && String.valueOf(gap.reason()).contains("could not be read"))
                || made.stream().filter(row -> row.atMillis() >= from).count() >= reach;
    }

    private boolean unknowable(String category, String symbol, MadeTrade row, boolean endedSoon) {
        boolean silent = figures.faultsByKind.containsKey("stall") || figures.faultsByKind.containsKey("half-open");
        return silent && (endedSoon || restFailedBetween(row.atMillis(), row.atMillis() + 20_000));
    }

    private boolean restFailedBetween(long from, long to) {
        return restFaults.stream().anyMatch(randomFault -> randomFault[0] <= to && randomFault[1] >= from);
    }

    private List<MadeTrade> made(StreamRequest stream) {
        List<MadeTrade> made = madeByMarket.computeIfAbsent(market(stream), name -> new ArrayList<>());
        control.trades(stream.category(), stream.symbol(), made);
        return made;
    }

    /** Compares every tenth event, because each comparison is an HTTP request, and every event at the end. */
    private BookPage book(String category, String symbol, int levels, long updateId, long changedAt) {
        boolean compared = updateId < 0 || everyBook || depths++ % SAMPLE_EVERY == 0;
        return compared ? control.book(category, symbol, levels, updateId, changedAt) : null;
    }

    private void note(String text) {
        if (log.size() == MAX_LOG_LINES) {
            log.removeFirst();
        }
        log.add(Instant.now() + "  " + text);
    }

    private static String market(StreamRequest stream) {
        return stream.category() + '/' + stream.symbol();
    }

    private static long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void close() {
        connector.close();
        exchange.close();
    }
}
