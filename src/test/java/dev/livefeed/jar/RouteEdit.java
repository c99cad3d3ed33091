package dev.livefeed.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Edits route files as users and editors do. */
final class RouteEdit {

    private RouteEdit() {}

    /** Appends a step to a file with a single route in the usual indentation. */
    static void append(Path file, String step) throws IOException {
        Files.writeString(file, appended(Files.readString(file), step));
    }

    /** The text with a step appended. */
    static String appended(String text, String step) {
        return text.stripTrailing() + "\n        " + step + "\n";
    }

    /** Writes a temporary file and renames it over the original, as many editors do. */
    static void renameOver(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".swp");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
