package dev.livefeed.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * JVM options of the runs of the tests: they start hundreds of times for a few seconds each, so a class data archive of
 * the jar and the quick compiler save more than half of the CPU time of a start. Behaviour does not depend on them.
 */
final class JvmOptions {

    private static final Path ARCHIVE = Jar.FILE.resolveSibling("bybit-live-connector.jsa");

    private static final List<String> PLAIN = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private JvmOptions() {}

    /** Makes the archive at the first call on this machine for this jar. */
    static List<String> get() {
        return Holder.OPTIONS;
    }

    private static final class Holder {
        static final List<String> OPTIONS = make();
    }

    private static List<String> make() {
        Path lockFile = ARCHIVE.resolveSibling("bybit-live-connector.jsa.lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // the tests run in two processes; closing the channel releases it
            if (!Files.exists(ARCHIVE)
                    || Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(Jar.FILE)) < 0) {
                Files.deleteIfExists(ARCHIVE);
                dump();
            }
            if (!Files.exists(ARCHIVE)) {
                return PLAIN; // a JVM without class data sharing runs all the same
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PLAIN;
        }
        return List.of(PLAIN.get(0), PLAIN.get(1), "-XX:SharedArchiveFile=" + ARCHIVE, "-Xshare:auto");
    }

    private static void dump() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("livefeed-archive");
        Process check = new ProcessBuilder(
                        Jar.JAVA,
                        PLAIN.get(0),
                        "-XX:ArchiveClassesAtExit=" + ARCHIVE,
                        "-jar",
                        Jar.FILE.toString(),
                        "check")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!check.waitFor(60, TimeUnit.SECONDS)) {
            check.destroyForcibly().waitFor();
        }
    }
}
