package dev.livefeed.app.route.exec;

import dev.livefeed.app.process.ConnectorFailedException;
import dev.livefeed.app.process.ConnectorListener;
import dev.livefeed.app.process.Supervisor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecException;
import org.apache.camel.component.exec.ExecResult;

/** Runs the connector process inside an {@code exec:} endpoint: the exchange lasts as long as the process. */
public final class ConnectorExecutor implements ExecCommandExecutor {

    private final Supervisor supervisor;
    private final ConnectorListener listener;

    public ConnectorExecutor(Supervisor supervisor, ConnectorListener listener) {
        this.supervisor = supervisor;
        this.listener = listener;
    }

    @Override
    public ExecResult execute(ExecCommand command) throws ExecException {
        List<String> words = new ArrayList<>();
        words.add(command.getExecutable());
        words.addAll(command.getArgs());
        try {
            int exit = supervisor.run(words, ((ConnectorRun) command).redeliveries(), listener);
            InputStream nothing = InputStream.nullInputStream();
            return new ExecResult(command, nothing, new ByteArrayInputStream(new byte[0]), exit);
        } catch (ConnectorFailedException e) {
            throw new ExecException(e.getMessage(), InputStream.nullInputStream(), InputStream.nullInputStream(), -1);
        }
    }
}
