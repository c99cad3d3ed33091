package dev.livefeed.app.route.reload;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edits of route files while they run. Edits are tried in a context of their own first; a file with a fault stays as
 * it last ran, and holds back no other (see {@link EditSelection}). Routes that a file no longer holds are removed.
 */
public final class RouteReloader extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);
    /** An editor writes a file in several steps; only what two looks so far apart find the same is taken. */
    private static final long QUIET_MILLIS = 250;

    private static final int MOST_LOOKS = 20;
    /** How often the files are read without an event. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** The same after a look that failed. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final CamelContext context;
    private final RouteFiles files;
    private final RouteTrial trial;
    private final RunningRoutes routes;
    private final ReloadState state;
    private final Map<String, byte[]> running = new TreeMap<>();
    private Map<String, FileRoutes> runningRoutes;

    /** After a trial that took too long the same file is tried again: it may have been the machine. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    /** Files that loaded well and did not start, or took too long: they hold nothing up until they are changed. */
    private final Map<String, SetAside> setAside = new HashMap<>();

    private RouteFileSet last;
    private FolderWatch folder;
    private volatile Thread thread;

    /** For routes that were loaded from the files as they are now. */
    public RouteReloader(CamelContext context, RouteFiles files, RouteTrial trial) throws IOException {
        this(context, files, trial, files.read(), Map.of());
    }

    /**
     * @param loaded the files that the context's routes were loaded from
     * @param verdict of the trial of these
     */
    public RouteReloader(
            CamelContext context, RouteFiles files, RouteTrial trial, RouteFileSet loaded, StartCheck verdict) {
        this(context, files, trial, loaded, verdict.verdict().routes());
    }

    private RouteReloader(
            CamelContext context,
            RouteFiles files,
            RouteTrial trial,
            RouteFileSet loaded,
            Map<String, FileRoutes> loadedRoutes) {
        this.context = context;
        this.files = files;
        this.trial = trial;
        this.routes = new RunningRoutes(context, files);
        running.putAll(loaded.contents());
        runningRoutes = loadedRoutes;
        last = new RouteFileSet(running, Map.of());
        state = new ReloadState(files.place());
    }

    /** How many edits were taken over. */
    public long reloads() {
        return state.reloads();
    }

    /** How many edits were refused. */
    public long refusals() {
        return state.refusals();
    }

    /** What health shows of it. */
    public Map<String, Object> state() {
        return state.payload();
    }

    /** What an operator has to do something about; empty where nothing is. */
    public List<String> alarms() {
        return state.alarms(thread == null || thread.isAlive());
    }

    @Override
    protected void doStart() {
        if (files.folder() == null) {
            return;
        }
        folder = new FolderWatch(files.folder());
        begin();
    }

    /** Begins, and begins again should the thread end before the application does. */
    private void begin() {
        thread = new Thread(this::watch, "route-reload");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, e) -> {
            if (isRunAllowed()) {
                begin();
            }
        });
        thread.start();
    }

    @Override
    protected void doStop() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }

    private void watch() {
        try {
            while (isRunAllowed()) {
                folder.await((state.failing() ? LOOK_AGAIN : LOOK).toMillis());
                if (isRunAllowed()) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares the files with what runs, and takes over what has changed. */
    private void look() throws InterruptedException {
        state.busy();
        try {
            RouteFileSet found = settled();
            if (!found.same(last) || state.undecided()) {
                consider(found);
                last = found;
            }
            state.looked();
        } catch (IOException e) {
            state.lookFailed(e.getMessage() == null ? e.toString() : RouteTrial.line(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // The next edit must not depend on this one.
            state.lookFailed(RouteTrial.oneLine(e));
            Thread.sleep(LOOK_AGAIN.toMillis());
        } finally {
            state.idle();
        }
    }

    /** The files once nobody writes any more, or after some seconds in any case. */
    private RouteFileSet settled() throws IOException, InterruptedException {
        RouteFileSet before = last;
        RouteFileSet found = files.read();
        for (int looks = 0; !found.same(before) && looks < MOST_LOOKS; looks++) {
            Thread.sleep(QUIET_MILLIS);
            before = found;
            found = files.read();
        }
        return found;
    }

    private void consider(RouteFileSet found) {
        Map<String, byte[]> now = new TreeMap<>(found.contents());
        // What cannot be read has not been deleted.
        found.unreadable().keySet().stream()
                .filter(running::containsKey)
                .forEach(name -> now.put(name, running.get(name)));
        setAside.entrySet().removeIf(one -> over(one.getValue(), now.get(one.getKey())));
        while (true) {
            Map<String, RouteFault> before = new TreeMap<>(found.unreadable());
            setAside.forEach((name, one) -> before.put(name, one.fault()));
            if (runningRoutes.isEmpty()) {
                runningRoutes = trial.judge(files, running, Set.of(), Map.of(), context.getRegistry())
                        .routes();
            }
            EditSelection selection =
                    new EditSelection(files, trial, context.getRegistry(), running, runningRoutes, now, before);
            state.refused(selection.held(), now);
            selection.held().forEach((name, fault) -> {
                if (fault.of() == RouteFault.Of.TIME) {
                    setAside.putIfAbsent(
                            name,
                            new SetAside(now.get(name), fault, Instant.now().plus(TRY_AGAIN)));
                }
            });
            if (selection.taken().isEmpty()) {
                return;
            }
            Map<String, RouteFault> failed = apply(selection);
            if (failed.isEmpty()) {
                return;
            }
            failed.forEach((name, fault) -> setAside.put(name, new SetAside(now.get(name), fault, Instant.MAX)));
        }
    }

    /**
     * Takes the chosen files over, or none of them.
     *
     * @return which of them did not start; empty where all did
     */
    private Map<String, RouteFault> apply(EditSelection selection) {
        Map<String, byte[]> now = selection.contents();
        Set<String> changed = new TreeSet<>(selection.taken());
        changed.retainAll(now.keySet());
        Set<String> deleted = new TreeSet<>(selection.taken());
        deleted.removeAll(now.keySet());
        Set<String> touched = selection.taken();
        Set<String> affected = new TreeSet<>(changed);
        affected.addAll(routes.users(touched, running, now));
        Map<String, byte[]> before = new TreeMap<>(running);
        try {
            Set<String> ids = routes.load(lastWhatOthersMayStillUse(affected, selection.routes()), now, before);
            Set<String> gone = routes.of(affected);
            gone.removeAll(ids);
            gone.addAll(routes.of(deleted));
            routes.remove(gone);
            running.clear();
            running.putAll(now);
            runningRoutes = selection.routes();
            state.reloaded();
            LOG.info("routes_reloaded files={} routes={}{}", affected, ids, gone.isEmpty() ? "" : " removed=" + gone);
            return Map.of();
        } catch (Throwable e) {
            String reason = RouteTrial.oneLine(e);
            LOG.error("route_edit_failed files={} reason=\"{}\"; the routes before it are put back", affected, reason);
            Map<String, RouteFault> failed = notStarted(touched, e, reason);
            affected.addAll(deleted);
            putBack(before, affected, now);
            return failed;
        }
    }

    /** The file of the route that did not start, or all where nobody says which. */
    private Map<String, RouteFault> notStarted(Set<String> touched, Throwable failure, String reason) {
        Map<String, RouteFault> failed = new TreeMap<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToStartRouteException one) {
                for (String name : touched) {
                    if (routes.of(Set.of(name)).contains(one.getRouteId())) {
                        failed.put(name, new RouteFault(name, null, "route " + one.getRouteId(), reason));
                    }
                }
            }
        }
        if (failed.isEmpty()) {
            touched.forEach(name -> failed.put(name, RouteFault.of(name, reason)));
        }
        return failed;
    }

    private boolean over(SetAside one, byte[] content) {
        return !Arrays.equals(content, one.content()) || Instant.now().isAfter(one.until()) && !trial.hangs();
    }

    /**
     * A file that is not tried again.
     *
     * @param content as it was; null where the file had been deleted
     * @param until the same content is tried again then
     */
    private record SetAside(byte[] content, RouteFault fault, Instant until) {}

    /**
     * Files whose routes leave an endpoint come behind the others: a route that sends to it is replaced first, and what it
     * sends to a new one waits until that is there.
     */
    private List<String> lastWhatOthersMayStillUse(Set<String> names, Map<String, FileRoutes> next) {
        List<String> order = new ArrayList<>();
        List<String> leaving = new ArrayList<>();
        for (String name : names) {
            Set<String> after = next.getOrDefault(name, FileRoutes.NONE).inputs();
            boolean leaves = !after.containsAll(
                    runningRoutes.getOrDefault(name, FileRoutes.NONE).inputs());
            (leaves ? leaving : order).add(name);
        }
        order.addAll(leaving);
        return order;
    }

    /** Loads the routes of these files as they were, and removes those that only the files since then have. */
    private void putBack(Map<String, byte[]> before, Set<String> names, Map<String, byte[]> failed) {
        try {
            Set<String> ids = routes.load(names, before, failed);
            Set<String> gone = routes.of(names);
            gone.removeAll(ids);
            routes.remove(gone);
            state.putBack();
        } catch (Throwable e) {
            String reason = RouteTrial.oneLine(e);
            state.notPutBack(names, reason);
            LOG.error("routes_not_put_back files={} reason=\"{}\"; restart the application", names, reason);
        }
    }
}
