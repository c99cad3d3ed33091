package dev.livefeed.app.conformance;

import java.util.HashMap;
import java.util.Map;

/** The commands that were sent, and the answers to them by their id. Not thread-safe. */
final class SentCommands {

    private final RuleFindings findings;
    private final Map<String, Sent> commands = new HashMap<>();
    private long errorsWithoutId;

    /** A command and the word of its answer: a status or {@code error}. */
    static final class Sent {

        private String answer;
        private String text;

        /** The status that answered it, {@code error}, or null. */
        String answer() {
            return answer;
        }

        /** The text or code of an error. */
        String text() {
            return text;
        }
    }

    SentCommands(RuleFindings findings) {
        this.findings = findings;
    }

    /** A command is about to be sent. */
    Sent sent(String id) {
        Sent command = new Sent();
        commands.put(id, command);
        return command;
    }

    /** An event carries the id of a command, or none. */
    void answered(String id, String word, String text, byte[] line) {
        if (id == null) {
            errorsWithoutId += word.equals("error") ? 1 : 0;
            return;
        }
        Sent command = commands.get(id);
        if (command == null) {
            findings.failed(
                    ProtocolRule.ANSWERED_ONCE, word + " carries the id \"" + id + "\", which no command has", line);
        } else if (command.answer != null) {
            findings.failed(
                    ProtocolRule.ANSWERED_ONCE,
                    word + " answers " + id + ", which " + command.answer + " has answered",
                    line);
        } else {
            command.answer = word;
            command.text = text;
        }
    }

    /** Number of errors that answer no command with an id. */
    long errorsWithoutId() {
        return errorsWithoutId;
    }

    long answered() {
        return commands.values().stream()
                .filter(command -> command.answer != null)
                .count();
    }
}
