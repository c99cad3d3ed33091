package dev.livefeed.route;

import java.util.List;

/** The command line of the connector process, in the two parts that the exec endpoint takes. */
public record ConnectorCommand(String executable, List<String> arguments) {

    /** @param words the program and its arguments, at least one word */
    public static ConnectorCommand of(List<String> words) {
        return new ConnectorCommand(words.get(0), List.copyOf(words.subList(1, words.size())));
    }
}
