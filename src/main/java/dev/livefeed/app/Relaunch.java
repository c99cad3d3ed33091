package dev.livefeed.app;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.StringArray;
import dev.livefeed.app.settings.JavaOptions;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Gives the JVM the options of {@code application.java.options}, though {@code java -jar} names none.
 *
 * <p>A JVM takes most options only at its start, and a jar cannot carry them. So the process replaces its program by the
 * same one with the options in front ({@code execv}): process id, environment, open streams, working directory and
 * ignored signals stay as they are, and whoever started it sees one process. It takes place before anything else is
 * begun and costs some 150 ms.
 *
 * <p>A JVM that was given a heap, a collector or an agent on its command line or by {@code JAVA_TOOL_OPTIONS} and the
 * like is left as it is; so is one that is not on Linux, and one for which the replacement does not work.
 */
final class Relaunch {

    /** Is set in the JVM that has the options. */
    private static final String DONE = "livefeed.relaunched";

    private static final Pattern CHOSEN =
            Pattern.compile("-Xm[snx].*|-XX:.*(HeapSize|NewSize|RAMPercentage|RAMFraction|MaxRAM)=.*|-XX:\\+Use\\w*GC"
                    + "|-(javaagent|agentlib|agentpath|Xrunjdwp).*|-Xdebug|@.*");

    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Path PROGRAM = Path.of("/proc/self/exe");

    private Relaunch() {}

    /** Whether this JVM has the options already. */
    static boolean done() {
        return System.getProperty(DONE) != null;
    }

    /** Does not return where the program is replaced; returns, having done nothing, where it is not. */
    static void withOptions(Path workingDirectory, Map<String, String> environment) {
        if (done() || !Files.isReadable(COMMAND_LINE)) {
            return;
        }
        try {
            Path java = JvmCommand.java();
            if (!Files.isSameFile(PROGRAM, java)) {
                return;
            }
            Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding"));
            List<String> words = words(Files.readAllBytes(COMMAND_LINE), charset);
            JavaOptions options = JavaOptions.read(workingDirectory, environment);
            if (!options.words().isEmpty() && !chosen(words, environment) && JvmCommand.refusal(options) == null) {
                execute(java.toString(), command(words, options.words()), charset);
            }
        } catch (IOException | LastErrorException | LinkageError e) {
            System.err.println("warning: application.java.options cannot be applied here (" + e
                    + "); give them to java on the command line");
        }
    }

    /** The words of {@code /proc/self/cmdline}: each ends with a zero byte. */
    static List<String> words(byte[] commandLine, Charset charset) {
        return Arrays.asList(new String(commandLine, 0, Math.max(0, commandLine.length - 1), charset).split("\0", -1));
    }

    /** Whether somebody has decided about the memory of this JVM, or watches it with an agent. */
    static boolean chosen(List<String> words, Map<String, String> environment) {
        return words.stream().skip(1).anyMatch(Relaunch::decides)
                || VARIABLES.stream()
                        .flatMap(name ->
                                Arrays.stream(environment.getOrDefault(name, "").split("\\s+")))
                        .anyMatch(Relaunch::decides);
    }

    private static boolean decides(String word) {
        return CHOSEN.matcher(word).matches();
    }

    /** The same command line with the options before all others, so that those given there win. */
    static List<String> command(List<String> words, List<String> options) {
        List<String> command = new ArrayList<>(words.size() + options.size() + 1);
        command.add(words.get(0));
        command.addAll(options);
        command.add("-D" + DONE + "=true");
        command.addAll(words.subList(1, words.size()));
        return command;
    }

    private static void execute(String program, List<String> command, Charset charset) {
        LibC c = Native.load("c", LibC.class, Map.of(Library.OPTION_STRING_ENCODING, charset.name()));
        c.execv(program, new StringArray(command.toArray(new String[0]), charset.name()));
    }

    /** The one call of the C library. */
    interface LibC extends Library {
        int execv(String path, StringArray arguments) throws LastErrorException;
    }
}
