package dev.livefeed.app.route.exec;

import org.apache.camel.component.exec.ExecCommand;

/** The command of one start, with Camel's count of the redeliveries before it. */
final class ConnectorRun extends ExecCommand {

    private static final long serialVersionUID = 1;

    private final int redeliveries;

    ConnectorRun(ExecCommand command, int redeliveries) {
        super(
                command.getExecutable(),
                command.getArgs(),
                command.getWorkingDir(),
                command.getTimeout(),
                command.getExitValues(),
                command.getInput(),
                command.getOutFile(),
                command.isUseStderrOnEmptyStdout(),
                command.getCommandLogLevel());
        this.redeliveries = redeliveries;
    }

    /** Redeliveries in this round so far; 0 for its first start. */
    int redeliveries() {
        return redeliveries;
    }
}
