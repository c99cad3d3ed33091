package dev.livefeed.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Runs many seeded fault sequences in simulated time, on several threads. A violation is printed with the seed that
 * reproduces it.
 */
public final class CompressedSoak {

    private static final int MAX_FAILURES = 10;

    private final SoakFigures figures = new SoakFigures();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    private CompressedSoak() {}

    /**
     * Runs {@code CompressedSoak [sequences [first seed [threads [venue]]]]}. Default: 10,000 sequences from seed 1 on
     * two threads with Bybit. Exits with status 1 if a guarantee was violated.
     */
    public static void main(String[] args) throws InterruptedException {
        int sequences = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 2;
        CompressedSoak soak = run(kind(args.length > 3 ? args[3] : "bybit"), first, sequences, threads, true);
        System.out.println(soak.figures);
        soak.failures.forEach(System.out::println);
        System.exit(soak.failures.isEmpty() ? 0 : 1);
    }

    /** Creates a sequence of the venue by its seed. */
    static LongFunction<SeededSequence> kind(String venue) {
        return switch (venue) {
            case "bybit" -> Sequence::new;
            case "binance" -> BinanceSequence::new;
            default -> throw new IllegalArgumentException("venue is " + venue + ", must be bybit or binance");
        };
    }

    /** Runs sequences with consecutive seeds. */
    static CompressedSoak run(
            LongFunction<SeededSequence> kind, long firstSeed, int sequences, int threads, boolean progress)
            throws InterruptedException {
        CompressedSoak soak = new CompressedSoak();
        AtomicLong next = new AtomicLong(firstSeed);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                long seed;
                while (!stop.get() && (seed = next.getAndIncrement()) < firstSeed + sequences) {
                    if (!soak.one(kind.apply(seed), seed, progress) && soak.failures.size() >= MAX_FAILURES) {
                        stop.set(true);
                    }
                }
            });
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return soak;
    }

    SoakFigures figures() {
        return figures;
    }

    /** The violations with seed, message and log; empty if there are none. */
    List<String> failures() {
        return failures;
    }

    private boolean one(SeededSequence sequence, long seed, boolean progress) {
        try {
            SoakFigures seen = sequence.run();
            synchronized (figures) {
                figures.add(seen);
                if (progress && figures.sequences % 500 == 0) {
                    System.out.println(figures.sequences + " sequences passed");
                }
            }
            return true;
        } catch (RuntimeException e) {
            synchronized (figures) {
                String what = e instanceof Violation ? e.getMessage() : stack(e);
                System.out.println("SEED " + seed + ": " + what);
                failures.add("SEED " + seed + ": " + what + "\n" + sequence.log() + "\nSEED " + seed + ": " + what);
            }
            return false;
        }
    }

    private static String stack(RuntimeException e) {
        StringBuilder text = new StringBuilder(e.toString());
        for (StackTraceElement element : e.getStackTrace()) {
            text.append("\n    at ").append(element);
        }
        return text.toString();
    }
}
