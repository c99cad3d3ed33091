package dev.livefeed.market;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.state.DamagedStateException;
import dev.livefeed.state.FolderLock;
import dev.livefeed.state.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the market context over a restart: one file a symbol, in a folder of the data source, so that synthetic data never
 * meets live data. A file that is damaged is set aside with a line in the log and never written over.
 */
public final class ContextStore {

    private static final Logger LOG = LoggerFactory.getLogger(ContextStore.class);
    private static final String SUFFIX = ".json";

    private final Market market;
    private final Path folder;
    private FolderLock lock;
    private boolean taken;
    private final Map<String, Long> saved = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private long failures;

    /** @param folder of this data source only, or null where nothing is to be kept */
    public ContextStore(Market market, Path folder) {
        this.market = market;
        this.folder = folder;
    }

    /**
     * Takes the folder for this process until {@link #close}. Where another has it, nothing is restored and nothing saved:
     * two feeds in one file would be neither.
     */
    public synchronized void claim() {
        if (folder == null) {
            return;
        }
        try {
            lock = FolderLock.of(folder);
            taken = lock == null;
            if (taken) {
                LOG.error(
                        "context_state_in_use folder={}: another process keeps its context there, so that of this one is"
                                + " neither restored nor saved; give it a STATE_DIR of its own",
                        folder);
            }
        } catch (IOException e) {
            LOG.warn("context_state_not_locked folder={} reason=\"{}\"", folder, e.toString());
        }
    }

    /** Saves what has changed, and lets go of the folder. */
    public synchronized void close() {
        save();
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("context_state_lock_not_closed folder={} reason=\"{}\"", folder, e.toString());
            }
            lock = null;
        }
    }

    /**
     * Takes over what was saved of these symbols, and from now on of each other at its first event. To be called before the
     * first trade.
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
                    "context_state_refused file={} reason=\"{}\": it stays there and {} is not saved, since it cannot be moved: {}",
                    file,
                    reason,
                    symbol,
                    e.toString());
        }
    }

    /** Saves each symbol that has changed since; what fails is logged and tried again the next time. */
    public synchronized void save() {
        if (folder == null || taken) {
            return;
        }
        for (String symbol : market.symbols()) {
            SymbolContext context = refused.contains(symbol) ? null : market.contextSince(symbol, saved.get(symbol));
            if (context != null) {
                save(symbol, context);
            }
        }
    }

    private void save(String symbol, SymbolContext context) {
        try {
            file(symbol).write(ContextState.write(symbol, context));
            saved.put(symbol, context.changes());
            failures = 0;
        } catch (IOException e) {
            if (failures++ == 0) {
                LOG.warn(
                        "context_state_not_saved symbol={} folder={} reason=\"{}\": tried again at the next interval",
                        symbol,
                        folder,
                        e.toString());
            }
        }
    }

    private StateFile file(String symbol) {
        return new StateFile(folder.resolve(symbol + SUFFIX), ContextState.KIND, ContextState.VERSION);
    }
}
