package dev.livefeed.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs many seeded fault sequences in simulated time, on several threads; a violated guarantee is shown with the seed
 * that repeats it.
 */
public final class CompressedSoak {

    private static final int MOST_FAILURES = 10;

    private final SoakFigures figures = new SoakFigures();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    private CompressedSoak() {}

    /**
     * The program: {@code CompressedSoak [sequences [first seed [threads]]]}; 10,000 sequences from seed 1 on two
     * threads if nothing is said. Ends with status 1 where a guarantee was violated.
     */
    public static void main(String[] args) throws InterruptedException {
        int sequences = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 2;
        CompressedSoak soak = run(first, sequences, threads, true);
        System.out.println(soak.figures);
        soak.failures.forEach(System.out::println);
        System.exit(soak.failures.isEmpty() ? 0 : 1);
    }

    /** Runs sequences with the given seeds and those that follow. */
    static CompressedSoak run(long firstSeed, int sequences, int threads, boolean progress)
            throws InterruptedException {
        CompressedSoak soak = new CompressedSoak();
        AtomicLong next = new AtomicLong(firstSeed);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                long seed;
                while (!stop.get() && (seed = next.getAndIncrement()) < firstSeed + sequences) {
                    if (!soak.one(seed, progress) && soak.failures.size() >= MOST_FAILURES) {
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

    /** The violations: seed, guarantee and log; empty where nothing did. */
    List<String> failures() {
        return failures;
    }

    private boolean one(long seed, boolean progress) {
        Sequence sequence = new Sequence(seed);
        try {
            SoakFigures seen = sequence.run();
            synchronized (figures) {
                figures.add(seen);
                if (progress && figures.sequences % 500 == 0) {
                    System.out.println(figures.sequences + " sequences are right");
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
