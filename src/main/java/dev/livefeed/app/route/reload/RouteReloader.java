package dev.livefeed.app.route.reload;

import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.RoutesBody;
import dev.livefeed.app.route.outcome.FailingRoutes;
import dev.livefeed.app.route.outcome.RouteOutcomes;
import dev.livefeed.app.route.outcome.RouteVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.support.ResourceReloadStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies edits of route files at run time. Edits are first tried in a separate context; a file with a fault stays as
 * it last ran and does not hold back others (see {@link EditSelection}). Routes that are no longer in a file are
 * removed. Camel sees it as its reload strategy: applied edits are reloads, refused edits are failures.
 */
public final class RouteReloader extends ResourceReloadStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);
    /**
     * Editors write files in several steps; only content that is unchanged between two reads this far apart is applied.
     */
    private static final long QUIET_MILLIS = 250;

    private static final int MOST_LOOKS = 20;
    /** Interval of reading the files without an event. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** The interval after a failed check. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final CamelContext context;
    private final Duration look;
    private final RouteFiles files;
    private final RouteTrial trial;
    private final ReentrantLock checking = new ReentrantLock();
    private final RunningRoutes routes;
    private final ReloadState state;
    private final FailingRoutes failing;
    private final RouteVersions versions = new RouteVersions();
    private final Map<String, byte[]> running = new TreeMap<>();
    private Map<String, FileRoutes> runningRoutes;

    /** Retry interval of a file whose trial took too long, possibly because of load. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    /** Files that loaded but did not start or took too long: they are ignored until they change. */
    private final Map<String, SetAside> setAside = new HashMap<>();

    /** Files that were held back by the last decision. */
    private final Map<String, Refused> refused = new HashMap<>();

    /** Whether the last decision left out files because there was a newer edit. */
    private boolean postponed;

    private RouteFileSet last;
    private FolderWatch folder;
    private volatile Thread thread;

    /**
     * Creates a reloader for routes loaded from the current files.
     *
     * @param look interval of reading the files without an event
     * @param outcomes how the exchanges of the routes end
     */
    RouteReloader(CamelContext context, RouteFiles files, RouteTrial trial, Duration look, RouteOutcomes outcomes)
            throws IOException {
        this(context, files, trial, files.read(), Map.of(), look, outcomes);
    }

    /**
     * @param loaded the files from which the context's routes were loaded
     * @param verdict result of their trial
     * @param outcomes how the exchanges of the routes end
     */
    public RouteReloader(
            CamelContext context,
            RouteFiles files,
            RouteTrial trial,
            RouteFileSet loaded,
            StartCheck verdict,
            RouteOutcomes outcomes) {
        this(context, files, trial, loaded, verdict.verdict().routes(), LOOK, outcomes);
    }

    private RouteReloader(
            CamelContext context,
            RouteFiles files,
            RouteTrial trial,
            RouteFileSet loaded,
            Map<String, FileRoutes> loadedRoutes,
            Duration look,
            RouteOutcomes outcomes) {
        this.context = context;
        this.look = look;
        setCamelContext(context);
        this.files = files;
        this.trial = trial;
        this.routes = new RunningRoutes(context, files);
        running.putAll(loaded.contents());
        runningRoutes = loadedRoutes;
        last = new RouteFileSet(running, Map.of());
        state = new ReloadState(files.place());
        failing = new FailingRoutes(context, outcomes, RouteTrial::oneLine);
        failing.started(routesByFile(running.keySet()));
    }

    private Map<String, Set<String>> routesByFile(Set<String> names) {
        Map<String, Set<String>> byFile = new TreeMap<>();
        names.forEach(name -> byFile.put(name, routes.of(Set.of(name))));
        return byFile;
    }

    /** Number of applied edits. */
    @Override
    public synchronized int getReloadCounter() {
        return super.getReloadCounter();
    }

    @Override
    protected synchronized void incSucceededCounter() {
        super.incSucceededCounter();
        setLastError(null);
    }

    /** Number of refused edits; a file counts again when it is edited again. */
    @Override
    public synchronized int getFailedCounter() {
        return super.getFailedCounter();
    }

    @Override
    protected synchronized void incFailedCounter() {
        super.incFailedCounter();
    }

    /** The reason of the last refused edit; null after an applied one. */
    @Override
    public synchronized Exception getLastError() {
        return super.getLastError();
    }

    @Override
    public synchronized void setLastError(Exception refused) {
        super.setLastError(refused);
    }

    @Override
    public synchronized void resetCounters() {
        super.resetCounters();
    }

    /**
     * Checks the files now, in the thread of the caller, instead of waiting for the next event of the folder.
     *
     * @param source the origin of the request; not used
     */
    @Override
    public void onReload(Object source) {
        try {
            check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The state shown in health. */
    public RoutesBody state() {
        return state.body(getReloadCounter(), doing());
    }

    private RoutesBody.Running doing() {
        return new RoutesBody.Running(failing.list(), versions.list());
    }

    /** Problems that need an operator; may be empty. */
    public List<String> alarms() {
        return state.alarms(thread == null || thread.isAlive(), doing());
    }

    @Override
    protected void doStart() {
        if (files.folder() == null) {
            return;
        }
        folder = new FolderWatch(files.folder());
        startThread();
    }

    /** Starts the thread, and restarts it if it ends before the application does. */
    private void startThread() {
        thread = new Thread(this::watch, "route-reload");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, e) -> {
            if (isRunAllowed()) {
                startThread();
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
            checking.lockInterruptibly();
            try {
                learnRoutes();
            } finally {
                checking.unlock();
            }
            while (isRunAllowed()) {
                folder.await((state.failing() ? CHECK_INTERVAL : look).toMillis());
                if (isRunAllowed()) {
                    check();
                    failing.log();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares the files with the running routes and applies changes. */
    private void check() throws InterruptedException {
        checking.lockInterruptibly();
        state.busy();
        try {
            RouteFileSet found = settled();
            if (!found.same(last) || state.undecided() || postponed) {
                applyChanges(found);
                last = found;
            }
            state.checkSucceeded();
        } catch (IOException e) {
            state.checkFailed(e.getMessage() == null ? e.toString() : RouteTrial.line(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // A failure must not affect the next edit.
            state.checkFailed(RouteTrial.oneLine(e));
        } finally {
            state.idle();
            checking.unlock();
        }
    }

    /**
     * Runs the last good version of a file until the file is edited.
     *
     * @param file null for all to whose edits failing routes are due
     * @throws ApiException 409 if there is none, or it does not run any more, 503 if the files cannot be read
     */
    public RoutesBody restore(String file) throws ApiException {
        try {
            checking.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "the program is stopping");
        }
        state.busy();
        try {
            RouteFileSet found = settled();
            if (!found.same(last)) {
                applyChanges(found);
                last = found;
            }
            restore(file == null ? failing.edits() : Set.of(file), found);
            return state();
        } catch (IOException e) {
            throw new ApiException(503, "the route files cannot be read: " + RouteTrial.oneLine(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "the program is stopping");
        } finally {
            state.idle();
            checking.unlock();
        }
    }

    private void restore(Set<String> names, RouteFileSet found) throws ApiException {
        if (names.isEmpty()) {
            throw new ApiException(
                    409,
                    "no route has failed on each event since an edit; name a file: "
                            + "{\"file\":\"trades.camel.yaml\"}");
        }
        for (String name : names) {
            if (!versions.has(name)) {
                throw new ApiException(
                        409,
                        "there is no version before the last edit of " + SafeText.shown(name)
                                + "; those of edits since the start are kept: " + versions.files());
            }
        }
        names.forEach(name -> versions.restore(name, found.contents().get(name)));
        applyChanges(found);
        List<String> held = names.stream()
                .filter(name -> !versions.isGood(name, running.get(name)))
                .toList();
        if (!held.isEmpty()) {
            String reason = held.stream()
                    .map(name -> name + ": "
                            + (refused.containsKey(name)
                                    ? refused.get(name).fault().text()
                                    : "its routes did not start"))
                    .collect(Collectors.joining("; "));
            names.forEach(versions::giveUp);
            applyChanges(found);
            throw new ApiException(409, "the version before does not run with the other files: " + reason);
        }
        LOG.warn("routes_restored files={}: until they are edited; the files on the disk are unchanged", names);
    }

    /** The files once they are no longer being written, or after some seconds in any case. */
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

    /** Which routes the running files define, if they were started without a trial. */
    private void learnRoutes() {
        if (runningRoutes.isEmpty()) {
            runningRoutes = trial.tryFiles(files, running, Set.of(), Map.of(), context.getRegistry())
                    .routes();
        }
    }

    private void applyChanges(RouteFileSet found) {
        Map<String, byte[]> now = new TreeMap<>(found.contents());
        // An unreadable file is not a deleted one.
        found.unreadable().keySet().stream()
                .filter(running::containsKey)
                .forEach(name -> now.put(name, running.get(name)));
        versions.overlay(now, found.unreadable().keySet());
        setAside.entrySet().removeIf(one -> hasExpired(one.getValue(), now.get(one.getKey())));
        boolean again = found.same(last);
        while (true) {
            Map<String, RouteFault> before = new TreeMap<>(found.unreadable());
            setAside.forEach((name, one) -> before.put(name, one.fault()));
            learnRoutes();
            EditSelection selection = new EditSelection(
                    files,
                    trial,
                    context.getRegistry(),
                    running,
                    runningRoutes,
                    now,
                    new EditSelection.Earlier(before, again ? Map.of() : refusedBefore(now)),
                    () -> edited(found));
            postponed = !selection.postponed().isEmpty();
            again = true;
            refused.clear();
            selection.held().forEach((name, fault) -> refused.put(name, new Refused(now.get(name), fault)));
            for (RouteFault fault : state.refused(selection.held(), now)) {
                setLastError(new IllegalArgumentException(fault.text()));
                incFailedCounter();
            }
            selection.held().forEach((name, fault) -> {
                if (fault.of() == RouteFault.Of.TIME) {
                    setAside.putIfAbsent(
                            name, new SetAside(now.get(name), fault, System.nanoTime() + TRY_AGAIN.toNanos()));
                }
            });
            if (selection.taken().isEmpty()) {
                return;
            }
            Map<String, RouteFault> failed = apply(selection);
            if (failed.isEmpty() && (!postponed || edited(found))) {
                return;
            }
            failed.forEach((name, fault) -> setAside.put(name, new SetAside(now.get(name), fault, null)));
        }
    }

    private Map<String, RouteFault> refusedBefore(Map<String, byte[]> now) {
        Map<String, RouteFault> same = new TreeMap<>();
        refused.forEach((name, one) -> {
            if (Arrays.equals(one.content(), now.get(name))) {
                same.put(name, one.fault());
            }
        });
        return same;
    }

    private boolean edited(RouteFileSet found) {
        try {
            return !files.read().same(found);
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Applies all selected files or none.
     *
     * @return the files that did not start; empty if all did
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
        Set<String> proven = new TreeSet<>(touched);
        proven.removeIf(name -> !failing.proven(name));
        try {
            Set<String> ids = routes.load(orderForReplacement(affected, selection.routes()), now, before);
            Set<String> gone = routes.of(affected);
            gone.removeAll(ids);
            gone.addAll(routes.of(deleted));
            routes.remove(gone);
            running.clear();
            running.putAll(now);
            runningRoutes = selection.routes();
            touched.forEach(name -> versions.replaced(name, before.get(name), proven.contains(name)));
            failing.edited(routesByFile(affected), touched);
            state.reloaded();
            incSucceededCounter();
            LOG.info(
                    "routes_reloaded files={} routes={}{}",
                    RouteFault.oneLine(affected + ""),
                    RouteFault.oneLine(ids + ""),
                    gone.isEmpty() ? "" : " removed=" + RouteFault.oneLine(gone + ""));
            return Map.of();
        } catch (Throwable e) {
            String reason = RouteTrial.oneLine(e);
            LOG.error("route_edit_failed files={} reason=\"{}\"; the previous routes are restored", affected, reason);
            Map<String, RouteFault> failed = notStarted(touched, e, reason);
            affected.addAll(deleted);
            restore(before, affected, now);
            return failed;
        }
    }

    /** The file of the route that did not start, or all files if unknown. */
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

    private boolean hasExpired(SetAside one, byte[] content) {
        boolean again = one.untilNanos() != null && System.nanoTime() - one.untilNanos() > 0;
        return !Arrays.equals(content, one.content()) || again && !trial.hangs();
    }

    /**
     * A file that is not tried again for now.
     *
     * @param content its content; null if it was deleted
     * @param untilNanos when the same content is tried again, by the monotonic clock; null if it is not
     */
    private record SetAside(byte[] content, RouteFault fault, Long untilNanos) {}

    /**
     * A file that was held back.
     *
     * @param content its content; null if it was deleted
     */
    private record Refused(byte[] content, RouteFault fault) {}

    /**
     * Orders files whose routes give up an endpoint last: a route that sends to it is replaced first, and its messages
     * to the new endpoint wait until that exists.
     */
    private List<String> orderForReplacement(Set<String> names, Map<String, FileRoutes> next) {
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

    /** Restores the previous routes of these files and removes routes that only the new files have. */
    private void restore(Map<String, byte[]> before, Set<String> names, Map<String, byte[]> failed) {
        try {
            Set<String> ids = routes.load(names, before, failed);
            Set<String> gone = routes.of(names);
            gone.removeAll(ids);
            routes.remove(gone);
            state.restored();
        } catch (Throwable e) {
            String reason = RouteTrial.oneLine(e);
            state.restoreFailed(names, reason);
            LOG.error("routes_not_put_back files={} reason=\"{}\"; restart the application", names, reason);
        }
    }
}
