package dev.livefeed.connector.sdk.command;

import dev.livefeed.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Any bytes on the input of a connector are a command or are refused. */
class CommandFuzzTest {

    private final CommandParser parser = new CommandParser();

    @Test
    void commands() throws Exception {
        new Fuzz("connector-commands").run(line -> {
            try {
                parser.parse(line, 0, line.length);
                return null;
            } catch (InvalidCommandException e) {
                return e.getMessage();
            }
        });
    }
}
