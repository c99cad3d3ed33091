package dev.livefeed.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Gives a parser the inputs of a corpus, then changed ones until the time is used up.
 * <ul>
 * <li>An input may be used or refused with one line. Every other Throwable is a fault, and so is an input that needs
 *     more memory or time than its length explains.
 * <li>The corpus is in {@code src/test/resources/fuzz/NAME}: valid inputs, and those that once were a fault.
 * <li>{@code -Dfuzz.seconds=N} is the time for each parser, one half second by default. The inputs are the same each
 *     time; {@code -Dfuzz.seed=random} gives others, and a number repeats those of a run.
 * <li>The input of a fault is kept in {@code target/fuzz}; it belongs into the corpus together with the correction.
 * </ul>
 */
public final class Fuzz {

    private static final String SEED = System.getProperty("fuzz.seed", "1");
    private static final double SECONDS = Double.parseDouble(System.getProperty("fuzz.seconds", "0.5"));
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final Path KEPT = Path.of("target/fuzz");

    /** Inputs with a result that no earlier one had are changed further; only so many are. */
    private static final int MOST_INPUTS = 2_000;

    private static final int LONGEST_REFUSAL = 2_000;
    private static final long BYTES = 48L << 20;
    private static final long BYTES_PER_BYTE = 600;
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String name;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A parser under test. */
    public interface Target {

        /**
         * Parses an input.
         *
         * @return the one line with which it was refused; null if it was used
         * @throws Exception or an Error is a fault
         */
        String run(byte[] input) throws Exception;
    }

    /** @param name folder of the corpus */
    public Fuzz(String name) {
        this.name = name;
    }

    /** Fails with the first fault. */
    public void run(Target target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        Set<String> results = new HashSet<>();
        try (Stream<Path> files = Files.list(CORPUS.resolve(name))) {
            for (Path file : files.sorted().toList()) {
                byte[] input = Files.readAllBytes(file);
                results.add(shape(checked(target, input, file.toString())));
                inputs.add(input);
            }
        }
        long seed = SEED.equals("random") ? System.nanoTime() : Long.parseLong(SEED);
        SplittableRandom random = new SplittableRandom(seed);
        Mutator mutator = new Mutator(random);
        long end = System.nanoTime() + (long) (SECONDS * TimeUnit.SECONDS.toNanos(1));
        long number = 0;
        while (System.nanoTime() - end < 0) {
            byte[] input = mutator.change(inputs);
            String refused = checked(target, input, "input " + ++number + " of -Dfuzz.seed=" + seed);
            if (inputs.size() < MOST_INPUTS && input.length < 20_000 && results.add(shape(refused))) {
                inputs.add(input);
            }
        }
        if (Boolean.getBoolean("fuzz.report")) {
            System.out.println(name + ": " + number + " inputs, " + results.size() + " results, seed " + seed);
        }
    }

    private String checked(Target target, byte[] input, String which) throws IOException {
        long thread = Thread.currentThread().getId();
        for (int attempt = 1; ; attempt++) {
            long began = System.nanoTime();
            long before = threads.getThreadAllocatedBytes(thread);
            String refused;
            try {
                refused = target.run(input);
            } catch (Throwable e) {
                throw fault(input, which, "it ends with " + e, e);
            }
            long bytes = threads.getThreadAllocatedBytes(thread) - before;
            if (bytes > BYTES + BYTES_PER_BYTE * input.length) {
                throw fault(input, which, "it needs " + bytes + " bytes for " + input.length, null);
            }
            if (System.nanoTime() - began < SLOW_NANOS) {
                String why = unclear(refused);
                if (why != null) {
                    throw fault(input, which, "the refusal " + why + ": " + refused, null);
                }
                return refused;
            }
            if (attempt == 3) { // a busy machine is slow once
                throw fault(input, which, "it takes more than 2 s, three times", null);
            }
        }
    }

    private static String unclear(String refused) {
        if (refused == null) {
            return null;
        }
        if (refused.isBlank() || refused.equals("null")) {
            return "is empty";
        }
        if (refused.length() > LONGEST_REFUSAL) {
            return "has " + refused.length() + " characters";
        }
        return refused.chars().anyMatch(Fuzz::breaksLine) ? "is not one line" : null;
    }

    private static boolean breaksLine(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Refusals that differ in values only are alike. */
    private static String shape(String refused) {
        return refused == null ? "" : refused.replaceAll("\"[^\"]*\"|'[^']*'|[0-9]+", "?");
    }

    private AssertionError fault(byte[] input, String which, String why, Throwable cause) throws IOException {
        Files.createDirectories(KEPT);
        Path kept = KEPT.resolve(name + '-' + Integer.toHexString(java.util.Arrays.hashCode(input)));
        Files.write(kept, input);
        return new AssertionError(
                name + ", " + which + ": " + why + "; the input is in " + kept + ", copy it to " + CORPUS.resolve(name),
                cause);
    }
}
