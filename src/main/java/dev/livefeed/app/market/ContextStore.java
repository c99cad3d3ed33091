package dev.livefeed.app.market;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.state.DamagedStateException;
import dev.livefeed.app.state.FolderLock;
import dev.livefeed.app.state.Saving;
import dev.livefeed.app.state.StateFile;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Symbols;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the market context and restores it after a restart: one file per instrument, in a folder per data source and
 * category, so that synthetic and live data never mix. A damaged file is set aside and logged, never overwritten. A
 * failed save is retried at every interval.
 */
public final class ContextStore {

    private static final Logger LOG = LoggerFactory.getLogger(ContextStore.class);
    private static final String SUFFIX = ".json";
    /** File systems take 255 bytes. */
    private static final int MOST_NAME = 200;
    /** After this many consecutive failures the remaining symbols wait for the next interval. */
    private static final int ENOUGH_FAILURES = 3;

    private final Market market;
    private final Path folder;
    private final Map<String, Path> earlier;
    private final boolean byVenue;
    private FolderLock lock;
    private boolean claimRequested;
    private boolean usedElsewhere;
    private final Map<InstrumentId, Long> saved = new HashMap<>();
    private final Set<InstrumentId> opened = new HashSet<>();
    private final Set<InstrumentId> refused = new HashSet<>();
    private final Saving saving = new Saving(LOG, "context_state_not_saved", "context_state_saved_again", Instant::now);

    /**
     * @param folder used by this data source only, or null to save nothing
     * @param earlier folders of earlier versions, which had one for each default category, with the files of that
     *     category in the folder itself
     */
    public ContextStore(Market market, Path folder, Map<String, Path> earlier) {
        this(market, folder, earlier, false);
    }

    /** @param byVenue whether there are several venues, each with a folder in the folder */
    public ContextStore(Market market, Path folder, Map<String, Path> earlier, boolean byVenue) {
        this.byVenue = byVenue;
        this.market = market;
        this.earlier = Map.copyOf(earlier);
        this.folder = folder;
    }

    /**
     * Locks the folder for this process until {@link #close}. If another process holds it, nothing is restored or
     * saved, because two feeds must not write to the same files.
     */
    public synchronized void claim() {
        if (folder == null) {
            return;
        }
        claimRequested = true;
        try {
            lock = FolderLock.of(folder);
            usedElsewhere = lock == null;
            if (usedElsewhere) {
                LOG.error(
                        "context_state_in_use folder={}: another process uses this folder, so the context is neither "
                                + "restored nor saved; give this process its own STATE_DIR",
                        folder);
                saving.failed(folder + " is in use by another process; give this process its own STATE_DIR");
            }
        } catch (IOException e) {
            lock = null;
            saving.failed(folder + " cannot be locked (" + e + "); set STATE_DIR to a writable folder");
        }
    }

    /** Whether the context can be saved. */
    public Saving.View saving() {
        return saving.view();
    }

    /** Symbols whose damaged files could not be moved away, sorted; these are not saved. */
    public synchronized List<InstrumentId> refused() {
        return List.copyOf(new TreeSet<>(refused));
    }

    /** Saves what has changed and releases the folder. */
    public synchronized void close() {
        save();
        if (lock != null) {
            releaseLock();
        }
    }

    private void releaseLock() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("context_state_lock_not_closed folder={} reason=\"{}\"", folder, e.toString());
        }
        lock = null;
    }

    /**
     * Restores the saved context of these symbols; any other symbol is restored at its first event. Must be called
     * before the first trade.
     */
    public synchronized void restore(Collection<InstrumentId> symbols) {
        if (folder == null || usedElsewhere) {
            return;
        }
        market.onOpened(this::onOpened);
        symbols.forEach(this::adopt);
        List<InstrumentId> found =
                symbols.stream().filter(instrument -> file(instrument).exists()).toList();
        found.forEach(market::open);
        opened.addAll(symbols);
        if (!saved.isEmpty()) {
            LOG.info("context_restored symbols={} folder={}", saved.size(), folder);
        }
    }

    private synchronized void onOpened(InstrumentId instrument) {
        if (!opened.add(instrument)) {
            return;
        }
        adopt(instrument);
        StateFile file = file(instrument);
        try {
            JsonNode content = file.read();
            if (content == null) {
                return;
            }
            ContextState state = ContextState.read(content);
            if (!state.isOf(instrument)) {
                throw new DamagedStateException("it holds " + state.symbol() + ", must hold " + instrument);
            }
            saved.put(instrument, market.restore(instrument, state));
        } catch (DamagedStateException e) {
            refuse(instrument, file, e.getMessage());
        }
    }

    /** Deletes the saved context of an instrument that has ended and that the market has released. */
    public synchronized void release(InstrumentId instrument) {
        saved.remove(instrument);
        opened.remove(instrument);
        if (folder == null || refused.remove(instrument) || !holdsFolder()) {
            return;
        }
        try {
            file(instrument).delete();
        } catch (IOException e) {
            LOG.warn("context_state_not_deleted symbol={} reason=\"{}\"", instrument.market(), e.toString());
        }
    }

    private void refuse(InstrumentId instrument, StateFile file, String reason) {
        try {
            LOG.warn("context_state_refused file={} reason=\"{}\" set_aside={}", file, reason, file.setAside());
        } catch (IOException e) {
            refused.add(instrument);
            LOG.warn(
                    "context_state_refused file={} reason=\"{}\": the file cannot be moved ({}), so {} is not saved",
                    file,
                    reason,
                    e.toString(),
                    instrument);
        }
    }

    /** Saves every symbol that has changed since the last save; a failure is retried at the next call. */
    public synchronized void save() {
        if (folder == null) {
            return;
        }
        int failed = 0;
        boolean anySaved = false;
        String reason = null;
        for (InstrumentId instrument : market.symbols()) {
            SymbolContext context =
                    refused.contains(instrument) ? null : market.contextSince(instrument, saved.get(instrument));
            if (context == null) {
                continue;
            }
            if (!holdsFolder()) {
                return;
            }
            try {
                file(instrument).write(ContextState.write(instrument, context));
                saved.put(instrument, context.changes());
                anySaved = true;
                failed = 0;
            } catch (IOException e) {
                reason = "the context of " + instrument + " cannot be saved in " + folder + " (" + e
                        + "); check free space and write permission; it is retried every STATE_INTERVAL";
                if (++failed == ENOUGH_FAILURES) {
                    break;
                }
            }
        }
        if (reason != null) {
            saving.failed(reason);
        } else if (anySaved) {
            saving.saved();
        }
    }

    /** Locks the folder again if it was deleted and recreated, or if it could not be created before. */
    private boolean holdsFolder() {
        if (usedElsewhere || !claimRequested) {
            return !usedElsewhere;
        }
        if (lock != null && !lock.holds()) {
            releaseLock();
            saved.clear();
        }
        if (lock == null) {
            claim();
        }
        return lock != null;
    }

    /** Moves the newest file that an earlier version left for an instrument to its place, if that is free. */
    private void adopt(InstrumentId instrument) {
        Path place = path(instrument);
        if (Files.exists(place)) {
            return;
        }
        Path newest = null;
        try {
            for (Map.Entry<String, Path> folders : earlier.entrySet()) {
                boolean ofDefault = folders.getKey().equals(instrument.category());
                Path old = path(folders.getValue(), ofDefault ? null : instrument.category(), instrument.symbol());
                if (Files.exists(old)
                        && (newest == null
                                || Files.getLastModifiedTime(old).compareTo(Files.getLastModifiedTime(newest)) > 0)) {
                    newest = old;
                }
            }
            if (newest != null) {
                Files.createDirectories(place.getParent());
                Files.move(newest, place);
                LOG.info("context_state_moved from={} to={}", newest, place);
            }
        } catch (IOException e) {
            LOG.warn(
                    "context_state_not_moved file={} reason=\"{}\": it is not restored; move it to {} by hand",
                    newest,
                    e.toString(),
                    place);
        }
    }

    private StateFile file(InstrumentId instrument) {
        return new StateFile(path(instrument), ContextState.KIND, ContextState.VERSION);
    }

    private Path path(InstrumentId instrument) {
        Path place = byVenue && instrument.venue() != null ? folder.resolve(instrument.venue()) : folder;
        return path(place, instrument.category(), instrument.symbol());
    }

    /** @param category null for files in the folder itself */
    private static Path path(Path folder, String category, String symbol) {
        return (category == null ? folder : folder.resolve(category)).resolve(fileName(symbol) + SUFFIX);
    }

    /** The symbol in ASCII, whatever the file system takes; one in ASCII is its own name. */
    private static String fileName(String symbol) {
        String name = Symbols.inAddress(symbol);
        return name.length() <= MOST_NAME
                ? name
                : name.substring(0, MOST_NAME / 2)
                        + '-'
                        + UUID.nameUUIDFromBytes(symbol.getBytes(StandardCharsets.UTF_8));
    }
}
