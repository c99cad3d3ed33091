package dev.livefeed.bench;

import dev.livefeed.bench.ProbeFile.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** The measurements. Each starts a feed and a program, and stops both. */
final class Measurement {

    private static final int FRAMES = 16_384;
    private static final long SEED = 20_261_122;

    private final Setup setup;
    private final Duration warmUp;
    private final Duration window;

    Measurement(Setup setup, Duration warmUp, Duration window) {
        this.setup = setup;
        this.warmUp = warmUp;
        this.window = window;
    }

    /** Starts one of the programs. */
    interface Starter {

        MeasuredProgram start(Setup setup, FeedServer server, List<FeedInstrument> instruments, int arrivals)
                throws IOException;
    }

    /** Full load: the feed is sent as fast as it is read. */
    Load load(Starter starter, int symbols) throws Exception {
        List<FeedInstrument> instruments = FeedInstrument.ALL.subList(0, symbols);
        try (FeedServer server = new FeedServer(feed(instruments), Pace.FULL);
                MeasuredProgram program = starter.start(setup, server, instruments, 0)) {
            long firstEvent = program.awaitFirstEvent();
            double applicationFirst = resident(program.pid());
            double connectorFirst = resident(program.connectorPid());
            sleep(warmUp);
            Snapshot from = Snapshot.of(program);
            sleep(window);
            Snapshot to = Snapshot.of(program);
            double events = to.events - from.events;
            double seconds = (to.nanos - from.nanos) / 1e9;
            Load.Memory application = new Load.Memory(applicationFirst, resident(program.pid()), peak(program.pid()));
            Load.Memory connector =
                    new Load.Memory(connectorFirst, resident(program.connectorPid()), peak(program.connectorPid()));
            return new Load(
                    firstEvent,
                    events / seconds,
                    (to.updates - from.updates) / seconds,
                    (to.cpuMicros - from.cpuMicros) / events,
                    Delivery.endOf(server, program.probe()),
                    application,
                    connector);
        }
    }

    /** Latency of one symbol at a fixed rate. */
    Latency latency(Starter starter, int framesPerSecond) throws Exception {
        List<FeedInstrument> instruments = FeedInstrument.ALL.subList(0, 1);
        int maxFrames = (int) (framesPerSecond * (warmUp.plus(window).toSeconds() + 60));
        SendTimes times = new SendTimes(maxFrames);
        try (FeedServer server = new FeedServer(feed(instruments), new Pace(framesPerSecond, times));
                MeasuredProgram program = starter.start(setup, server, instruments, maxFrames * 2)) {
            program.awaitFirstEvent();
            sleep(warmUp);
            Snapshot from = Snapshot.of(program);
            int first = (int) program.probe().get(Counter.ARRIVALS);
            sleep(window);
            int last = (int) program.probe().get(Counter.ARRIVALS);
            Snapshot to = Snapshot.of(program);
            ProbeFile probe = program.probe();
            long[] nanos = LongStream.range(first, last)
                    .map(i -> {
                        long key = probe.arrivalKey((int) i);
                        return probe.arrivalNanos((int) i) - (key < 0 ? times.update(-key) : times.trades(key));
                    })
                    .toArray();
            return Latency.of(
                    nanos,
                    (to.cpuMicros - from.cpuMicros) / (double) (to.events - from.events),
                    Delivery.endOf(server, probe));
        }
    }

    /**
     * The connector process on its own.
     *
     * @param trades whether the feed has trades besides books
     */
    ConnectorLoad connectorOnly(int symbols, int framesPerSecond, boolean trades) throws Exception {
        List<FeedInstrument> instruments = FeedInstrument.first(symbols);
        PreparedFeed feed = new PreparedFeed(instruments, FRAMES, SEED, trades);
        try (FeedServer server = new FeedServer(feed, new Pace(framesPerSecond, null));
                MeasuredProgram program = MeasuredProgram.connector(setup, server, instruments, 0)) {
            program.awaitFirstEvent();
            long pid = program.connectorPid();
            double first = resident(pid);
            sleep(warmUp);
            Snapshot from = Snapshot.of(program);
            sleep(window);
            Snapshot to = Snapshot.of(program);
            double seconds = (to.nanos - from.nanos) / 1e9;
            Load.Memory memory = new Load.Memory(first, resident(pid), peak(pid));
            return new ConnectorLoad(
                    (to.events - from.events) / seconds,
                    (to.cpuMicros - from.cpuMicros) / 1e6 / seconds,
                    Delivery.endOf(server, program.probe()),
                    memory);
        }
    }

    /** Memory of the application over a longer time under full load, with one line per step; returns its delivery. */
    Delivery growth(Duration length, Duration step, java.util.function.Consumer<GrowthLine> lines) throws Exception {
        List<FeedInstrument> instruments = FeedInstrument.ALL.subList(0, 1);
        try (FeedServer server = new FeedServer(feed(instruments), Pace.FULL);
                MeasuredProgram program = MeasuredProgram.application(setup, server, instruments, 0)) {
            program.awaitFirstEvent();
            long startedAt = System.nanoTime();
            Snapshot from = Snapshot.of(program);
            while (System.nanoTime() - startedAt < length.toNanos()) {
                sleep(step);
                Snapshot to = Snapshot.of(program);
                lines.accept(new GrowthLine(
                        (to.nanos - startedAt) / 1_000_000_000L,
                        (to.events - from.events) / ((to.nanos - from.nanos) / 1e9),
                        resident(program.pid()),
                        resident(program.connectorPid()),
                        program.probe().get(Counter.FAULTS)));
                from = to;
            }
            return Delivery.endOf(server, program.probe());
        }
    }

    /** Memory at one point of a long run. */
    record GrowthLine(
            double seconds, double eventsPerSecond, double applicationMib, double connectorMib, double faults) {}

    private static PreparedFeed feed(List<FeedInstrument> instruments) {
        return new PreparedFeed(instruments, FRAMES, SEED, true);
    }

    private record Snapshot(long nanos, long cpuMicros, long events, long updates) {

        static Snapshot of(MeasuredProgram program) throws IOException {
            ProbeFile probe = program.probe();
            return new Snapshot(
                    System.nanoTime(),
                    program.cpuMicros(),
                    probe.get(Counter.EVENTS),
                    probe.get(Counter.TRADES) + probe.get(Counter.UPDATES));
        }
    }

    private static double resident(long pid) throws IOException {
        return pid < 0 ? 0 : ProcFigures.residentKib(pid) / 1024.0;
    }

    private static double peak(long pid) throws IOException {
        return pid < 0 ? 0 : ProcFigures.peakKib(pid) / 1024.0;
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
