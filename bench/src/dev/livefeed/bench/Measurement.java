package dev.livefeed.bench;

import dev.livefeed.bench.ProbeFile.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Single measurements: each starts a feed and a program, and ends both. */
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

        Subject start(Setup setup, FeedServer server, List<Instrument> instruments, int arrivals) throws IOException;
    }

    /** The feed as fast as it is read. */
    Load load(Starter starter, int symbols) throws Exception {
        List<Instrument> instruments = Instrument.ALL.subList(0, symbols);
        try (FeedServer server = new FeedServer(feed(instruments), Pace.FULL);
                Subject subject = starter.start(setup, server, instruments, 0)) {
            long firstEvent = subject.awaitFirstEvent();
            double applicationFirst = resident(subject.pid());
            double connectorFirst = resident(subject.connectorPid());
            sleep(warmUp);
            Snapshot from = Snapshot.of(subject);
            sleep(window);
            Snapshot to = Snapshot.of(subject);
            double events = to.events - from.events;
            double seconds = (to.nanos - from.nanos) / 1e9;
            return new Load(
                    firstEvent,
                    events / seconds,
                    (to.updates - from.updates) / seconds,
                    (to.cpuMicros - from.cpuMicros) / events,
                    subject.probe().get(Counter.FAULTS),
                    new Load.Memory(applicationFirst, resident(subject.pid()), peak(subject.pid())),
                    new Load.Memory(connectorFirst, resident(subject.connectorPid()), peak(subject.connectorPid())));
        }
    }

    /** One symbol at so many frames a second. */
    Latency latency(Starter starter, int framesPerSecond) throws Exception {
        List<Instrument> instruments = Instrument.ALL.subList(0, 1);
        int most = (int) (framesPerSecond * (warmUp.plus(window).toSeconds() + 60));
        SendTimes times = new SendTimes(most);
        try (FeedServer server = new FeedServer(feed(instruments), new Pace(framesPerSecond, times));
                Subject subject = starter.start(setup, server, instruments, most * 2)) {
            subject.awaitFirstEvent();
            sleep(warmUp);
            Snapshot from = Snapshot.of(subject);
            int first = (int) subject.probe().get(Counter.ARRIVALS);
            sleep(window);
            int last = (int) subject.probe().get(Counter.ARRIVALS);
            Snapshot to = Snapshot.of(subject);
            ProbeFile probe = subject.probe();
            long[] nanos = LongStream.range(first, last)
                    .map(i -> {
                        long key = probe.arrivalKey((int) i);
                        return probe.arrivalNanos((int) i) - (key < 0 ? times.update(-key) : times.trades(key));
                    })
                    .toArray();
            return Latency.of(nanos, (to.cpuMicros - from.cpuMicros) / (double) (to.events - from.events));
        }
    }

    /**
     * The connector process by itself.
     *
     * @param trades whether there are trades beside the books
     */
    Alone alone(int symbols, int framesPerSecond, boolean trades) throws Exception {
        List<Instrument> instruments = Instrument.first(symbols);
        PreparedFeed feed = new PreparedFeed(instruments, FRAMES, SEED, trades);
        try (FeedServer server = new FeedServer(feed, new Pace(framesPerSecond, null));
                Subject subject = Subject.connector(setup, server, instruments, 0)) {
            subject.awaitFirstEvent();
            long pid = subject.connectorPid();
            double first = resident(pid);
            sleep(warmUp);
            Snapshot from = Snapshot.of(subject);
            sleep(window);
            Snapshot to = Snapshot.of(subject);
            double seconds = (to.nanos - from.nanos) / 1e9;
            return new Alone(
                    (to.events - from.events) / seconds,
                    (to.cpuMicros - from.cpuMicros) / 1e6 / seconds,
                    subject.probe().get(Counter.FAULTS),
                    new Load.Memory(first, resident(pid), peak(pid)));
        }
    }

    /** Memory of the application over a longer time under full load; a line for each step. */
    void growth(Duration length, Duration step, java.util.function.Consumer<GrowthLine> lines) throws Exception {
        List<Instrument> instruments = Instrument.ALL.subList(0, 1);
        try (FeedServer server = new FeedServer(feed(instruments), Pace.FULL);
                Subject subject = Subject.application(setup, server, instruments, 0)) {
            subject.awaitFirstEvent();
            long begun = System.nanoTime();
            Snapshot from = Snapshot.of(subject);
            while (System.nanoTime() - begun < length.toNanos()) {
                sleep(step);
                Snapshot to = Snapshot.of(subject);
                lines.accept(new GrowthLine(
                        (to.nanos - begun) / 1_000_000_000L,
                        (to.events - from.events) / ((to.nanos - from.nanos) / 1e9),
                        resident(subject.pid()),
                        resident(subject.connectorPid()),
                        subject.probe().get(Counter.FAULTS)));
                from = to;
            }
        }
    }

    /** Memory at one moment of a long load. */
    record GrowthLine(
            double seconds, double eventsPerSecond, double applicationMib, double connectorMib, double faults) {}

    private static PreparedFeed feed(List<Instrument> instruments) {
        return new PreparedFeed(instruments, FRAMES, SEED, true);
    }

    private record Snapshot(long nanos, long cpuMicros, long events, long updates) {

        static Snapshot of(Subject subject) throws IOException {
            ProbeFile probe = subject.probe();
            return new Snapshot(
                    System.nanoTime(),
                    subject.cpuMicros(),
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
