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
 * The connector's process against a running exchange, over real sockets and in real time, with faults ordered at
 * random: the same promises as in the compressed soak, checked from what the process prints.
 */
public final class RealTimeSoak implements AutoCloseable {

    private static final long SETTLED_WITHIN = 90_000;
    private static final int SAMPLED = 10;
    private static final int LOGGED = 200;

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
    private final List<long[]> restTroubles = new ArrayList<>();
    private final Deque<String> log = new ArrayDeque<>();
    private Map<String, Object> lastHeartbeat = Map.of();
    private boolean everyBook;
    private long depths;
    private long readAgainAt;
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
     * The program: {@code RealTimeSoak [seconds [seed]]}; 600 s if nothing is said. Ends with status 1 where a
     * guarantee was violated.
     */
    public static void main(String[] args) throws Exception {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 600;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed + ", " + seconds + " s");
        try (RealTimeSoak soak = new RealTimeSoak(seed)) {
            try {
                System.out.println(soak.run(seconds));
                System.out.println("resident memory of the connector, KiB, largest: " + soak.residentKib);
            } catch (Violation e) {
                System.out.println(soak.figures);
                System.out.println(String.join("\n", soak.log));
                System.out.println("violated: " + e.getMessage());
                System.exit(1);
            }
        }
        System.exit(0);
    }

    /** Runs one and returns its figures; throws a {@link Violation} with the log where a guarantee was violated. */
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
                trouble();
                nextFault = millis() + 1_000 + random.nextInt(9_000);
            }
            if (millis() >= nextCommand) {
                order();
                nextCommand = millis() + 2_000 + random.nextInt(12_000);
            }
        }
        note("THE FAULTS END");
        control.clearFaults();
        readAgain();
        long settled = settle();
        control.fault("burst,rate=400,for=200ms");
        takeFor(2_000);
        settle();
        everyBook = true;
        takeFor(2_000);
        everyBook = false;
        judge();
        figures.sequences = 1;
        figures.simulatedMillis = millis() - started;
        figures.settleMillis = settled;
        figures.longestSettleMillis = settled;
        return figures;
    }

    /** Waits until everything is as it must be; returns how long that took. */
    private long settle() throws InterruptedException {
        long since = millis();
        for (String wrong = wrong(since); wrong != null; wrong = wrong(since)) {
            if (millis() - since > SETTLED_WITHIN) {
                throw new Violation("not right again within " + SETTLED_WITHIN + " ms: " + wrong);
            }
            application.held().stream()
                    .filter(held -> intended.contains(held.stream) && !held.wanted)
                    .map(held -> held.stream)
                    .toList()
                    .forEach(this::subscribe);
            takeFor(500);
        }
        return millis() - since;
    }

    private String wrong(long since) throws InterruptedException {
        Map<String, Integer> made = new HashMap<>();
        streams.forEach(stream -> made.put(market(stream), made(stream).size()));
        takeFor(3_000);
        String wrong = application.wrong(
                intended, held -> held.trades.missing(made(held.stream), made.get(market(held.stream))));
        if (wrong != null) {
            note("NOT YET, " + (millis() - since) + " ms: " + wrong);
        }
        return wrong;
    }

    private void judge() throws IOException, InterruptedException {
        for (StreamRequest stream : streams) {
            if (!stream.isBook() && intended.contains(stream)) {
                application.unsubscribe(stream);
                intended.remove(stream);
            }
        }
        for (long limit = millis() + 10_000; ; takeFor(100)) {
            String wrong = application.wrong(intended, held -> null);
            if (wrong == null) {
                break;
            } else if (millis() > limit) {
                throw new Violation("in the end: " + wrong);
            }
        }
        application.held().stream()
                .filter(held -> held.trades != null)
                .forEach(held -> held.trades.judge(made(held.stream)));
        figures.connector(lastHeartbeat);
        figures.frames = ((Number) lastHeartbeat.getOrDefault("frames", 0)).longValue();
        int code = connector.end();
        if (code != 0) {
            throw new Violation("the connector ended with status " + code);
        }
    }

    private void trouble() {
        if (random.nextInt(8) == 0) {
            long millis = 200 + random.nextInt(4_000);
            figures.fault("output-full");
            note("nobody reads for " + millis + " ms");
            if (readAgainAt == 0) {
                connector.block();
            }
            blockedAt = millis();
            readAgainAt = millis() + millis;
            return;
        }
        String fault = faults.fault();
        figures.fault(fault.split(",")[0]);
        note("FAULT " + fault);
        if (fault.startsWith("rest") || fault.startsWith("slow-rest")) {
            restTroubles.add(new long[] {millis(), millis() + 90_000});
        }
        control.fault(fault);
    }

    private void order() {
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
        if (readAgainAt != 0 && millis() >= readAgainAt) {
            readAgain();
        }
        for (Event event = connector.next(millis); event != null; event = connector.next(0)) {
            taken(event);
        }
    }

    private void readAgain() {
        if (readAgainAt != 0) {
            readAgainAt = 0;
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
        application.event(new WrittenEvent(event, -1, gap ? excused((Status) event) : readLate()));
    }

    /** Whether nobody read for a while, not long ago. */
    private boolean readLate() {
        return millis() - blockedAt < 15_000;
    }

    private boolean excused(Status gap) {
        String category = String.valueOf(gap.details().get("category"));
        long from = Instant.parse((String) gap.details().get("from")).toEpochMilli();
        List<MadeTrade> made = made(StreamRequest.trades(category, gap.symbol()));
        int reach = category.equals("spot") ? 60 : 1_000;
        return restFailedBetween(from, millis())
                || String.valueOf(gap.reason()).startsWith("the reader of the events")
                || made.stream().filter(row -> row.atMillis() >= from).count() >= reach;
    }

    private boolean unknowable(StreamRequest stream, MadeTrade row, boolean leftSoon) {
        boolean silent = figures.faultsByKind.containsKey("stall") || figures.faultsByKind.containsKey("half-open");
        return silent && (leftSoon || restFailedBetween(row.atMillis(), row.atMillis() + 20_000));
    }

    private boolean restFailedBetween(long from, long to) {
        return restTroubles.stream().anyMatch(trouble -> trouble[0] <= to && trouble[1] >= from);
    }

    private List<MadeTrade> made(StreamRequest stream) {
        List<MadeTrade> made = madeByMarket.computeIfAbsent(market(stream), name -> new ArrayList<>());
        control.trades(stream.category(), stream.symbol(), made);
        return made;
    }

    /** Every snapshot could not be told apart here, so every tenth event is looked at, and all of them in the end. */
    private BookPage book(String category, String symbol, int levels, long updateId, long changedAt) {
        boolean looked = updateId < 0 || everyBook || depths++ % SAMPLED == 0;
        return looked ? control.book(category, symbol, levels, updateId, changedAt) : null;
    }

    private void note(String text) {
        if (log.size() == LOGGED) {
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
