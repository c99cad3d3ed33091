package dev.livefeed.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Edits of a route file, as people and editors make them. */
final class RouteEdit {

    private RouteEdit() {}

    /** Adds a step behind the last one of a file whose only route stands at the usual indentation. */
    static void append(Path file, String step) throws IOException {
        Files.writeString(file, appended(Files.readString(file), step));
    }

    /** The text with one more step at the end. */
    static String appended(String text, String step) {
        return text.stripTrailing() + "\n        " + step + "\n";
    }

    /** Writes beside the file and renames over it, as careful editors do. */
    static void renameOver(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".swp");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
