package dev.livefeed.terminal.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal while it belongs to {@code top}: the alternate screen without a cursor, keys without echo. It gives the
 * terminal back as it was, however the process ends, unless it is killed.
 */
public final class TerminalScreen implements AutoCloseable {

    /** If the terminal does not say its size. */
    private static final Size USUAL = Size.of(80, 24);

    private final Terminal terminal;
    private final OutputStream direct;
    private final boolean colours;
    private final Display display;
    private final Thread atExit = new Thread(this::leave, "top-leave");
    private boolean entered;
    private volatile boolean interrupted;
    private volatile boolean resized;
    private volatile boolean continued;
    private Size size = USUAL;

    /**
     * @param terminal with signal handlers
     * @param direct writes to the same terminal, also after it has been closed
     */
    public TerminalScreen(Terminal terminal, OutputStream direct, boolean colours) {
        this.terminal = terminal;
        this.direct = direct;
        this.colours = colours;
        display = new Display(terminal, true);
        // Moving lines is less to send, but the parts beside the trades would flicker.
        display.setScrollOptimization(false);
        terminal.handle(Terminal.Signal.INT, signal -> interrupted = true);
    }

    /** Takes the terminal of the process. */
    public static TerminalScreen ofProcess(boolean colours) throws IOException {
        // Lines are characters of UTF-8, or of ASCII; not all terminals have the alternate character set.
        System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
        Terminal terminal = TerminalBuilder.builder()
                .name("top")
                .system(true)
                .providers(TerminalBuilder.PROP_PROVIDER_EXEC)
                .dumb(false)
                // It would ask the terminal, and wait for an answer that some do not give.
                .graphemeCluster(false)
                .nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_IGN)
                .build();
        return new TerminalScreen(terminal, new FileOutputStream(FileDescriptor.out), colours);
    }

    public void enter() {
        terminal.handle(Terminal.Signal.WINCH, signal -> resized = true);
        terminal.handle(Terminal.Signal.CONT, signal -> continued = true);
        Runtime.getRuntime().addShutdownHook(atExit);
        synchronized (this) {
            entered = true;
            raw();
        }
        measure();
    }

    private void raw() {
        terminal.enterRawMode();
        Attributes attributes = terminal.getAttributes();
        // A stopped process or a dump of threads would leave the screen in disorder.
        attributes.setControlChar(Attributes.ControlChar.VSUSP, 0);
        attributes.setControlChar(Attributes.ControlChar.VQUIT, 0);
        terminal.setAttributes(attributes);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    private void measure() {
        Size now = terminal.getSize();
        size = now.getRows() > 0 && now.getColumns() > 0 ? now : USUAL;
        display.resize(size);
        display.clear();
    }

    /** Whether Ctrl-C was pressed. */
    public boolean interrupted() {
        return interrupted;
    }

    /** Whether the frame must be redrawn: the window has changed, or the process was stopped and continued. */
    public boolean changed() {
        if (continued) {
            continued = false;
            resized = true;
            raw();
        }
        if (!resized) {
            return false;
        }
        resized = false;
        measure();
        return true;
    }

    public int rows() {
        return size.getRows();
    }

    public int columns() {
        return size.getColumns();
    }

    public Glyphs glyphs() {
        return terminal.encoding().equals(StandardCharsets.UTF_8) ? Glyphs.UNICODE : Glyphs.ASCII;
    }

    /** Writes what differs from the frame before. */
    public synchronized void draw(Frame frame) {
        if (entered) {
            display.update(frame.lines(colours), 0);
        }
    }

    /** The next key, or null if none is pressed within this time. */
    public KeyPress key(long millis) throws IOException {
        return KeyPress.read(terminal.reader(), millis);
    }

    private synchronized void leave() {
        if (!entered) {
            return;
        }
        entered = false;
        StringBuilder text = new StringBuilder();
        for (Capability capability :
                new Capability[] {Capability.exit_attribute_mode, Capability.exit_ca_mode, Capability.cursor_normal}) {
            String sequence = terminal.getStringCapability(capability);
            text.append(sequence == null ? "" : Curses.tputs(sequence));
        }
        try {
            direct.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            direct.flush();
        } catch (IOException e) {
            // The terminal is gone.
        }
    }

    @Override
    public void close() throws IOException {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending.
        }
        terminal.close();
    }
}
