package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;

/**
 * A program in a pseudo terminal of the system, which {@code script} opens, and an emulator that shows what a person
 * would see.
 */
final class PseudoTerminal implements AutoCloseable {

    private final Path folder;
    private final Process process;
    private final ScreenTerminal screen;
    private final StringBuilder written = new StringBuilder();

    /** @param words the program and its arguments, without blanks or quotes */
    PseudoTerminal(Path folder, int columns, int rows, Map<String, String> environment, List<String> words)
            throws IOException {
        this.folder = folder;
        screen = new ScreenTerminal(columns, rows);
        screen.setSize(Size.of(columns, rows));
        Files.writeString(
                folder.resolve("terminal.sh"),
                """
                stty rows %d cols %d
                stty -g > settings.before
                tty > device
                sh -c 'echo $$ > program.pid; exec %s'
                echo "status $?"
                stty -g > settings.after
                """
                        .formatted(rows, columns, String.join(" ", words)));
        ProcessBuilder builder = new ProcessBuilder("script", "-q", "-e", "-f", "-c", "sh terminal.sh", "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("TERM", "screen-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().putAll(environment);
        process = builder.start();
        Thread reader = new Thread(this::read, "pseudo-terminal");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        char[] some = new char[4_096];
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            int count;
            while ((count = reader.read(some)) > 0) {
                synchronized (written) {
                    written.append(some, 0, count);
                }
                screen.write(new String(some, 0, count));
            }
        } catch (IOException e) {
            // The end.
        }
    }

    /** The rows of the screen without blanks at their ends. */
    List<String> rows() {
        synchronized (screen) {
            int columns = screen.getColumns();
            long[] cells = new long[columns * screen.getRows()];
            screen.dump(cells, null);
            String[] rows = new String[screen.getRows()];
            for (int row = 0; row < rows.length; row++) {
                StringBuilder text = new StringBuilder();
                for (int column = 0; column < columns; column++) {
                    text.appendCodePoint(ScreenTerminal.cellCodePoint(cells[row * columns + column]));
                }
                rows[row] = text.toString().stripTrailing();
            }
            return Arrays.asList(rows);
        }
    }

    String text() {
        return String.join("\n", rows());
    }

    /** Waits until the screen contains texts. */
    void await(String... texts) {
        try {
            Jar.soon().until(() -> {
                String shown = text();
                return Arrays.stream(texts).allMatch(shown::contains);
            });
        } catch (RuntimeException e) {
            throw new AssertionError(Arrays.toString(texts) + " is not on the screen:\n" + text(), e);
        }
    }

    /** Everything that the program has written, its commands to the terminal included. */
    String written() {
        synchronized (written) {
            return written.toString();
        }
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Changes the size of the window, as a person does who drags its corner. */
    void resize(int columns, int rows) throws IOException, InterruptedException {
        screen.setSize(Size.of(columns, rows));
        String device = Files.readString(folder.resolve("device")).strip();
        Process stty = new ProcessBuilder(
                        "stty", "-F", device, "rows", Integer.toString(rows), "cols", Integer.toString(columns))
                .inheritIO()
                .start();
        assertThat(stty.waitFor()).isZero();
    }

    /** Sends SIGTERM to the program. */
    void terminate() throws IOException {
        ProcessHandle.of(Long.parseLong(
                        Files.readString(folder.resolve("program.pid")).strip()))
                .orElseThrow()
                .destroy();
    }

    /** Waits for the end; asserts the exit status, and that the terminal is as it was. */
    void awaitEnd(int status) throws IOException, InterruptedException {
        await("status " + status);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("settings.after")))
                .isEqualTo(Files.readString(folder.resolve("settings.before")));
        String all = written();
        assertThat(all.lastIndexOf("\u001b[?1049l"))
                .as("leaves the alternate screen")
                .isGreaterThan(all.lastIndexOf("\u001b[?1049h"));
        assertThat(all.lastIndexOf("\u001b[?25h")).as("shows the cursor").isGreaterThan(all.lastIndexOf("\u001b[?25l"));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
