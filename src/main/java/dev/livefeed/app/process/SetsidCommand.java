package dev.livefeed.app.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Has a program run in a session of its own, by the program {@code setsid} where there is one. That puts the program
 * in its own place, so process id, streams and exit status are the program's.
 */
final class SetsidCommand {

    private static final Path SETSID = find("setsid", System.getenv("PATH"));

    private SetsidCommand() {}

    /**
     * The command line to start; the one that was given where there is no {@code setsid}, or no such program: then the
     * start fails as it would have.
     *
     * @param environment of the program; without it a program is looked for on the PATH of this process
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
