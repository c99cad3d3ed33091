package dev.livefeed.app.conformance;

import dev.livefeed.protocol.model.Failure;
import java.util.HashMap;
import java.util.Map;

/** The commands that were sent, and the answers to them by their id. Not thread-safe. */
final class SentCommands {

    /** The code of what is no command. */
    static final String BAD_COMMAND = "bad-command";

    private final RuleFindings findings;
    private final Map<String, Sent> commands = new HashMap<>();
    private long errorsWithoutId;

    /** A command and the word of its answer: a status or {@code error}. */
    static final class Sent {

        private final String channel;
        private final String symbol;
        private String answer;
        private String code;
        private String text;

        private Sent(String channel, String symbol) {
            this.channel = channel;
            this.symbol = symbol;
        }

        /** The status that answered it, {@code error}, or null. */
        String answer() {
            return answer;
        }

        /** The code of an error, or null. */
        String code() {
            return code;
        }

        /** Why, for people. */
        String text() {
            return code == null ? text : code + ": " + text;
        }
    }

    SentCommands(RuleFindings findings) {
        this.findings = findings;
    }

    /** The event that may answer a command. */
    record Answer(String id, String word, String channel, String symbol, String code, String text) {}

    /**
     * A command is about to be sent.
     *
     * @param channel null if it has none
     * @param symbol null if it has none
     */
    Sent sent(String id, String channel, String symbol) {
        Sent command = new Sent(channel, symbol);
        commands.put(id, command);
        return command;
    }

    /** An event carries the id of a command, or none. */
    void answered(Answer answer, byte[] line) {
        String id = answer.id();
        if (id == null) {
            errorsWithoutId += answer.word().equals(Failure.TYPE) && BAD_COMMAND.equals(answer.code()) ? 1 : 0;
            return;
        }
        Sent command = commands.get(id);
        if (command == null) {
            failed(answer.word() + " carries the id \"" + id + "\", which no command has", line);
        } else if (command.answer != null) {
            failed(answer.word() + " answers " + id + ", which " + command.answer + " has answered", line);
        } else {
            command.answer = answer.word();
            command.code = answer.code();
            command.text = answer.text();
            same("channel", command.channel, answer.channel(), id, line);
            same("symbol", command.symbol, answer.symbol(), id, line);
        }
    }

    private void same(String field, String asked, String answered, String id, byte[] line) {
        if (asked != null && answered != null && !asked.equals(answered)) {
            failed("the answer to " + id + " has the " + field + " " + answered + ", the command " + asked, line);
        }
    }

    private void failed(String seen, byte[] line) {
        findings.failed(ProtocolRule.ANSWERED_ONCE, seen, line);
    }

    /** Number of errors with the code {@code bad-command} that answer no command with an id. */
    long errorsWithoutId() {
        return errorsWithoutId;
    }

    long answered() {
        return commands.values().stream()
                .filter(command -> command.answer != null)
                .count();
    }
}
