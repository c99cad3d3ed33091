package dev.livefeed.app.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a program in its own session by means of the program {@code setsid}, if it is installed. {@code setsid} replaces
 * itself with the program, so that process id, streams and exit status are those of the program.
 */
final class SetsidCommand {

    private static final Path SETSID = find("setsid", System.getenv("PATH"));

    private SetsidCommand() {}

    /**
     * Returns the command line to start. This is the given one if {@code setsid} or the program does not exist; in the
     * latter case the start fails with the usual error.
     *
     * @param environment environment of the program; its PATH may differ from that of this process
     */
    static List<String> command(List<String> command, Path workingDirectory, Map<String, String> environment) {
        String program = command.get(0);
        String path = System.getenv("PATH");
        Path place = program.contains("/") ? workingDirectory.resolve(program) : find(program, path);
        if (SETSID == null || !ProcessTable.available() || place == null || !executable(place)) {
            return command;
        }
        List<String> words = new ArrayList<>(command.size() + 1);
        words.add(SETSID.toString());
        words.add(program.contains("/") || Objects.equals(path, environment.get("PATH")) ? program : place.toString());
        words.addAll(command.subList(1, command.size()));
        return words;
    }

    private static Path find(String program, String path) {
        for (String folder : (path == null ? "/usr/bin:/bin" : path).split(File.pathSeparator)) {
            Path place = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
            if (executable(place)) {
                return place;
            }
        }
        return null;
    }

    private static boolean executable(Path place) {
        return Files.isRegularFile(place) && Files.isExecutable(place);
    }
}
