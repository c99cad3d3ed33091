package dev.livefeed.app.settings;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds a program like the operating system does when it starts it. */
final class Executables {

    private Executables() {}

    /** Returns the program's file, or null if there is no executable one. */
    static Path find(String name, Path workingDirectory, String path) {
        try {
            if (name.contains("/")) {
                return runnable(workingDirectory.resolve(name));
            }
            for (String folder : (path == null ? "" : path).split(File.pathSeparator)) {
                Path found = folder.isEmpty() ? null : runnable(Path.of(folder, name));
                if (found != null) {
                    return found;
                }
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return null;
    }

    private static Path runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file) ? file : null;
    }
}
