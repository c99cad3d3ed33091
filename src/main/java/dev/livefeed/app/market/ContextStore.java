package dev.livefeed.app.market;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.state.DamagedStateException;
import dev.livefeed.app.state.FolderLock;
import dev.livefeed.app.state.Saving;
import dev.livefeed.app.state.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the market context over a restart: one file a symbol, in a folder of the data source, so that synthetic data
 * never meets live data. A file that is damaged is set aside with a line in the log and never written over. What
 * cannot be saved is tried again at the next interval, for ever.
 */
public final class ContextStore {

    private static final Logger LOG = LoggerFactory.getLogger(ContextStore.class);
    private static final String SUFFIX = ".json";
    /** After this number of consecutive symbols that cannot be saved, the rest waits for the next interval. */
    private static final int ENOUGH_FAILURES = 3;

    private final Market market;
    private final Path folder;
    private FolderLock lock;
    private boolean claims;
    private boolean taken;
    private final Map<String, Long> saved = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Saving saving = new Saving(LOG, "context_state_not_saved", "context_state_saved_again", Instant::now);

    /** @param folder of this data source only, or null where nothing is to be kept */
    public ContextStore(Market market, Path folder) {
        this.market = market;
        this.folder = folder;
    }

    /**
     * Takes the folder for this process until {@link #close}. Where another has it, nothing is restored and nothing
     * saved: two feeds in one file would be neither.
     */
    public synchronized void claim() {
        if (folder == null) {
            return;
        }
        claims = true;
        try {
            lock = FolderLock.of(folder);
            taken = lock == null;
            if (taken) {
                LOG.error(
                        "context_state_in_use folder={}: another process keeps its context there, so that "
                                + "of this one is"
                                + " neither restored nor saved; give it a STATE_DIR of its own",
                        folder);
                saving.failed(folder + " is in use by another process; give this one a STATE_DIR of its own");
            }
        } catch (IOException e) {
            lock = null;
            saving.failed(folder + " cannot be locked (" + e + "); give STATE_DIR a folder that can be written");
        }
    }

    /** Whether the context can be saved. */
    public Saving.View saving() {
        return saving.view();
    }

    /** Symbols whose damaged files could not be moved away, sorted: nothing of them is saved. */
    public synchronized List<String> refused() {
        return List.copyOf(new TreeSet<>(refused));
    }

    /** Saves what has changed, and lets go of the folder. */
    public synchronized void close() {
        save();
        if (lock != null) {
            letGo();
        }
    }

    private void letGo() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("context_state_lock_not_closed folder={} reason=\"{}\"", folder, e.toString());
        }
        lock = null;
    }

    /**
     * Takes over what was saved of these symbols, and from now on of each other at its first event. To be called
     * before the first trade.
     */
    public synchronized void restore(Collection<String> symbols) {
        if (folder == null || taken) {
            return;
        }
        market.onOpened(this::opened);
        List<String> found =
                symbols.stream().filter(symbol -> file(symbol).exists()).toList();
        found.forEach(market::open);
        known.addAll(symbols);
        if (!saved.isEmpty()) {
            LOG.info("context_restored symbols={} folder={}", saved.size(), folder);
        }
    }

    private synchronized void opened(String symbol) {
        if (!known.add(symbol)) {
            return;
        }
        StateFile file = file(symbol);
        try {
            JsonNode content = file.read();
            if (content == null) {
                return;
            }
            ContextState state = ContextState.read(content);
            if (!state.symbol().equals(symbol)) {
                throw new DamagedStateException("it is of " + state.symbol());
            }
            saved.put(symbol, market.restore(state));
        } catch (DamagedStateException e) {
            refuse(symbol, file, e.getMessage());
        }
    }

    private void refuse(String symbol, StateFile file, String reason) {
        try {
            LOG.warn("context_state_refused file={} reason=\"{}\" set_aside={}", file, reason, file.setAside());
        } catch (IOException e) {
            refused.add(symbol);
            LOG.warn(
                    "context_state_refused file={} reason=\"{}\": it stays there and {} is not saved, since "
                            + "it cannot be moved: {}",
                    file,
                    reason,
                    symbol,
                    e.toString());
        }
    }

    /** Saves each symbol that has changed since; what fails is tried again the next time. */
    public synchronized void save() {
        if (folder == null) {
            return;
        }
        int failed = 0;
        boolean any = false;
        String reason = null;
        for (String symbol : market.symbols()) {
            SymbolContext context = refused.contains(symbol) ? null : market.contextSince(symbol, saved.get(symbol));
            if (context == null) {
                continue;
            }
            if (!claimed()) {
                return;
            }
            try {
                file(symbol).write(ContextState.write(symbol, context));
                saved.put(symbol, context.changes());
                any = true;
                failed = 0;
            } catch (IOException e) {
                reason = "the context of " + symbol + " cannot be saved in " + folder + " (" + e
                        + "); give it room and the right to write, it is tried again at each STATE_INTERVAL";
                if (++failed == ENOUGH_FAILURES) {
                    break;
                }
            }
        }
        if (reason != null) {
            saving.failed(reason);
        } else if (any) {
            saving.saved();
        }
    }

    /** The folder may have been deleted and made again since, or could not be made before. */
    private boolean claimed() {
        if (taken || !claims) {
            return !taken;
        }
        if (lock != null && !lock.holds()) {
            letGo();
            saved.clear();
        }
        if (lock == null) {
            claim();
        }
        return lock != null;
    }

    private StateFile file(String symbol) {
        return new StateFile(folder.resolve(symbol + SUFFIX), ContextState.KIND, ContextState.VERSION);
    }
}
