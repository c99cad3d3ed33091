package dev.livefeed.app.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How every connector process is started: in its own session, with pipes, and with the given environment only. */
final class ChildProcess {

    private ChildProcess() {}

    /**
     * Starts a process.
     *
     * @param environment complete environment of the process, except for the mark
     * @param mark variable that the process and its descendants inherit, {@code NAME=value}
     * @throws IOException if the program cannot be started
     */
    static Process start(List<String> command, Path workingDirectory, Map<String, String> environment, String mark)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(SetsidCommand.command(command, workingDirectory, environment))
                .directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int equals = mark.indexOf('=');
        builder.environment().put(mark.substring(0, equals), mark.substring(equals + 1));
        return builder.start();
    }
}
