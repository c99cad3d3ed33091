package dev.livefeed.sinks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of {@code doc/SINKS.md}. */
final class Documentation {

    private static final Path PAGE = Path.of("..", "doc", "SINKS.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

    private Documentation() {}

    /** The commands before the first section. */
    static List<String> introduction() throws IOException {
        String page = Files.readString(PAGE);
        return commandsOf(page.substring(0, page.indexOf("\n## ")));
    }

    /** The commands of a section, without comments. */
    static List<String> commands(String section) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("\n## " + section + "\n");
        if (begin < 0) {
            throw new IllegalStateException(PAGE + " has no section " + section);
        }
        int end = page.indexOf("\n## ", begin + 1);
        return commandsOf(page.substring(begin, end < 0 ? page.length() : end));
    }

    private static List<String> commandsOf(String text) {
        List<String> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            blocks.group(1)
                    .replace("\\\n", " ")
                    .lines()
                    .map(line -> line.replaceAll("\\s+#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(commands::add);
        }
        return commands;
    }
}
