package dev.livefeed.app;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How a JVM like this one is started, for the connectors that the jar carries. */
final class JvmCommand {

    private static final String MAIN = "dev.livefeed.connector.ConnectorMain";

    private JvmCommand() {}

    /** The command line of a connector of the jar. */
    static List<String> connector(String name, String options) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        Arrays.stream(options.split("\\s+")).filter(o -> !o.isEmpty()).forEach(command::add);
        command.add("-cp");
        command.add(classPath());
        command.add(MAIN);
        command.add(name);
        return command;
    }

    /** The program that runs this JVM. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Absolute, since the working directory of a child may be another. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}
