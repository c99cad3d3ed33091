package dev.livefeed.app.route.exec;

import java.util.List;

/** The command line of the connector process, split as the exec endpoint requires. */
public record ExecCommandLine(String executable, List<String> arguments) {

    /** @param words the program and its arguments, at least one word */
    public static ExecCommandLine of(List<String> words) {
        return new ExecCommandLine(words.get(0), List.copyOf(words.subList(1, words.size())));
    }
}
