package dev.livefeed.route;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edits of route files while they run. An edit is tried in a context of its own first: only files without a fault
 * replace the running routes; otherwise these go on as they are. Routes that a file no longer holds are removed.
 */
public final class RouteReloader extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);
    /** An editor writes a file in several steps; only when so long nothing has happened is it read. */
    private static final long QUIET_MILLIS = 250;
    /** How often it is looked whether the folder is still the one that is watched. */
    private static final long LOOK_MILLIS = 1_000;

    private final CamelContext context;
    private final RouteFiles files;
    private final RouteTrial trial;
    private final Map<String, byte[]> running = new TreeMap<>();
    private Map<String, byte[]> refused = Map.of();
    private WatchService watcher;
    private Thread thread;
    /** The folder as it is watched. Belong to the thread, once it runs. */
    private WatchKey watched;

    private Object watchedFolder;
    private volatile long reloads;
    private volatile long refusals;
    private volatile String lastReload;
    private volatile List<String> faults = List.of();

    public RouteReloader(CamelContext context, RouteFiles files, RouteTrial trial) {
        this.context = context;
        this.files = files;
        this.trial = trial;
    }

    /** How many edits were taken over. */
    public long reloads() {
        return reloads;
    }

    /** How many edits were refused. */
    public long refusals() {
        return refusals;
    }

    /** What health shows of it. */
    public Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("from", files.place());
        state.put("reloads", reloads);
        state.put("last_reload", lastReload);
        state.put("refused_edit", faults);
        return state;
    }

    @Override
    protected void doStart() throws IOException {
        Path folder = files.folder();
        if (folder == null) {
            return;
        }
        running.putAll(files.read(context));
        watcher = folder.getFileSystem().newWatchService();
        register(folder);
        thread = new Thread(this::watch, "route-reload");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    protected void doStop() throws IOException {
        if (watcher != null) {
            watcher.close();
        }
    }

    private void register(Path folder) throws IOException {
        watched = folder.register(
                watcher,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        watchedFolder = identity(folder);
    }

    /** What tells a folder from another of its name, or null where the file system does not say. */
    private static Object identity(Path folder) throws IOException {
        return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    }

    private void watch() {
        try {
            while (isRunAllowed()) {
                WatchKey key = watcher.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                boolean event = key != null;
                while (key != null) {
                    key.pollEvents();
                    key.reset();
                    key = watcher.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                }
                try {
                    if (watchedAnew() || event) {
                        check();
                    }
                } catch (IOException e) {
                    LOG.warn("route files cannot be read, the running routes stay: {}", e.toString());
                } catch (RuntimeException e) {
                    LOG.error("an edit of the routes could not be looked at, the running routes stay", e);
                }
            }
        } catch (ClosedWatchServiceException e) {
            // The application stops.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A folder that was deleted or moved away and made again is another one, which nobody watches yet. */
    private boolean watchedAnew() throws IOException {
        Path folder = files.folder();
        if (!Files.isDirectory(folder)) {
            if (watched.isValid()) {
                watched.cancel();
            }
            return false;
        }
        if (watched.isValid() && Objects.equals(watchedFolder, identity(folder))) {
            return false;
        }
        watched.cancel();
        register(folder);
        LOG.info("routes_folder_watched_again folder={}", folder);
        return true;
    }

    /** Compares the files with what runs, and takes over what has changed. */
    void check() throws IOException {
        Map<String, byte[]> now = files.read(context);
        Set<String> changed = new TreeSet<>();
        now.forEach((name, content) -> {
            if (!Arrays.equals(content, running.get(name))) {
                changed.add(name);
            }
        });
        Set<String> deleted = new TreeSet<>(running.keySet());
        deleted.removeAll(now.keySet());
        if (changed.isEmpty() && deleted.isEmpty()) {
            faults = List.of();
            refused = Map.of();
            return;
        }
        if (same(now, refused)) {
            return;
        }
        List<String> found = trial.faults(files, now);
        faults = found;
        if (!found.isEmpty()) {
            refused = now;
            refusals++;
            found.forEach(fault -> LOG.warn("route_edit_refused {}; the running routes stay", fault));
            return;
        }
        refused = Map.of();
        apply(now, changed, deleted);
    }

    private void apply(Map<String, byte[]> now, Set<String> changed, Set<String> deleted) {
        Set<String> touched = new TreeSet<>(changed);
        touched.addAll(deleted);
        Set<String> affected = new TreeSet<>(changed);
        affected.addAll(usersOfConfigurationsIn(touched, now));
        Map<String, byte[]> before = new TreeMap<>(running);
        try {
            Set<String> ids = update(now, affected);
            Set<String> gone = routesOf(affected);
            gone.removeAll(ids);
            gone.addAll(routesOf(deleted));
            remove(gone);
            running.clear();
            running.putAll(now);
            reloads++;
            lastReload = Instant.now().toString();
            LOG.info("routes_reloaded files={} routes={}{}", affected, ids, gone.isEmpty() ? "" : " removed=" + gone);
        } catch (Exception e) {
            String reason = RouteTrial.oneLine(e);
            faults = List.of(affected + ": " + reason);
            refused = now;
            refusals++;
            LOG.error("route_edit_failed files={} reason=\"{}\"; the routes before it are put back", affected, reason);
            affected.addAll(deleted);
            putBack(before, affected);
        }
    }

    private void remove(Set<String> ids) throws Exception {
        for (String id : ids) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
    }

    private Set<String> update(Map<String, byte[]> contents, Set<String> names) throws Exception {
        List<Resource> resources = names.stream()
                .filter(contents::containsKey)
                .map(name -> files.resource(name, contents.get(name)))
                .toList();
        return PluginHelper.getRoutesLoader(context).updateRoutes(resources);
    }

    /** Loads the routes of these files as they were, and removes those that only the files since then have. */
    private void putBack(Map<String, byte[]> before, Set<String> names) {
        try {
            Set<String> ids = update(before, names);
            Set<String> gone = routesOf(names);
            gone.removeAll(ids);
            remove(gone);
        } catch (Exception e) {
            LOG.error("the routes before could not be put back: {}; restart the application", RouteTrial.oneLine(e));
        }
    }

    /** Files with routes that use a routeConfiguration of one of these files: they take it over only when loaded again. */
    private Set<String> usersOfConfigurationsIn(Set<String> names, Map<String, byte[]> now) {
        Set<String> configurations = new TreeSet<>();
        for (String name : names) {
            configurations.addAll(RouteFiles.configurations(running.get(name)));
            configurations.addAll(RouteFiles.configurations(now.get(name)));
        }
        Set<String> users = new TreeSet<>();
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            String uses = route.getRouteConfigurationId();
            boolean user = configurations.stream().anyMatch(id -> RouteFiles.uses(uses, id));
            if (user && route.getResource() != null) {
                users.add(nameOf(route.getResource().getLocation()));
            }
        }
        users.retainAll(now.keySet());
        return users;
    }

    private Set<String> routesOf(Set<String> names) {
        Set<String> ids = new TreeSet<>();
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (route.getResource() != null
                    && names.contains(nameOf(route.getResource().getLocation()))) {
                ids.add(route.getRouteId());
            }
        }
        return ids;
    }

    private static String nameOf(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
        return a.keySet().equals(b.keySet())
                && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
    }
}
