package dev.livefeed.connector;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.Connector;
import dev.livefeed.connector.sdk.ConnectorRuntime;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector process as a program of its own: {@code java -cp … dev.livefeed.connector.ConnectorMain NAME}.
 *
 * <p>It loads neither the command-line library nor the application, so it starts fast and stays small.
 */
public final class ConnectorMain {

    private ConnectorMain() {}

    public static void main(String[] args) {
        if (args.length != 1 || !Connectors.names().contains(args[0])) {
            System.err.println(usage(args));
            System.exit(ExitCode.USAGE);
        }
        System.exit(run(args[0], System.getenv()));
    }

    /**
     * Runs a connector between this process's standard input and output until it stops.
     *
     * @param name one of {@link Connectors#names}
     * @return the exit code
     */
    static int run(String name, Map<String, String> environment) {
        // Nothing but events may reach standard output, not even a stray print of a library.
        System.setOut(System.err);
        Logger log = LoggerFactory.getLogger(ConnectorMain.class);
        AtomicReference<ConnectorRuntime> running = new AtomicReference<>();
        try (FileInputStream commands = new FileInputStream(FileDescriptor.in);
                FileOutputStream events = new FileOutputStream(FileDescriptor.out)) {
            Connector connector = Connectors.create(name, environment);
            ConnectorRuntime process = new ConnectorRuntime(
                    connector, TimeSource.SYSTEM, commands, events.getChannel(), Outbox.Limits.DEFAULT);
            running.set(process);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running.get()), "stop"));
            int code = process.run();
            if (code == ExitCode.OK) {
                log.info("Connector {} ended", name); // any other status has its reason as the last words
            }
            running.set(null);
            return code;
        } catch (ConfigurationException e) {
            System.err.println(e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (Exception e) {
            log.error("Connector {} failed", name, e);
            return ExitCode.SOFTWARE;
        }
    }

    /** On SIGTERM and SIGINT; at an ordinary end there is nothing left to stop. */
    private static void stop(ConnectorRuntime process) {
        if (process != null) {
            process.stop();
            process.awaitEnd();
        }
    }

    private static String usage(String[] args) {
        String given = args.length == 1 ? "no connector is called \"" + args[0] + "\"" : "one connector must be named";
        return given + "; known are " + String.join(", ", Connectors.names());
    }
}
