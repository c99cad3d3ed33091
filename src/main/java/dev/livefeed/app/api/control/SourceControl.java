package dev.livefeed.app.api.control;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.api.response.control.SourceBody;
import dev.livefeed.app.api.response.control.SourceChangeResponse;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.process.NextStart;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.settings.SourceSettings;
import dev.livefeed.app.settings.WantedChanges;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes one source while it runs. One change at a time: a second caller waits. Changes outlive the connector's
 * process, and end with the program.
 */
public final class SourceControl {

    private static final Logger LOG = LoggerFactory.getLogger(SourceControl.class);
    private static final String REASON = "restarted over HTTP";
    private static final String PAUSED = "paused over HTTP";
    private static final String CHANGED = "restarted for a change of its subscriptions over HTTP";
    /** How long replies of the connector to commands are waited for. */
    private static final long ANSWER_MILLIS = 5_000;

    private static final int MAX_REPLIES = 200;

    private static final String BY_COMMAND = "command";
    private static final String BY_RESTART = "restart";
    private static final String BY_START = "next-start";
    private static final String BY_NOTHING = "nothing";

    private final SourceSettings source;
    private final Supervisor supervisor;
    private final FeedState feed;
    private final Subscriptions subscriptions;
    private final Consumer<Object> commands;
    private final WantedChanges rules;
    private final WantedInstruments wanted;
    private final List<InstrumentId> instrumentsOfSettings;

    /** The other parts of the program that must know the wanted instruments. */
    public interface WantedInstruments {

        /** Called before an instrument is subscribed. */
        void added(InstrumentId instrument);

        /** Called when an instrument has been refused: what was saved of it before remains. */
        void notAdded(InstrumentId instrument);

        /** Called after an instrument has been unsubscribed. */
        void removed(InstrumentId instrument);

        /** Whether the instrument has a paper position or an open order. */
        boolean inUse(InstrumentId instrument);

        /** Why the connector is not paused or resumed on request; null if it is. */
        String managedBy();

        /** Number of instruments of the other sources. */
        int others();
    }

    /** @param commands sends a command to the connector */
    public SourceControl(
            SourceSettings source,
            Supervisor supervisor,
            FeedState feed,
            Subscriptions subscriptions,
            Consumer<Object> commands,
            WantedChanges rules,
            WantedInstruments wanted) {
        this.source = source;
        this.supervisor = supervisor;
        this.feed = feed;
        this.subscriptions = subscriptions;
        this.commands = commands;
        this.rules = rules;
        this.wanted = wanted;
        this.instrumentsOfSettings = source.instruments().configured();
    }

    /** The venue, by which a source is named. */
    public String venue() {
        return source.venue();
    }

    private List<String> channels() {
        return subscriptions.channels();
    }

    SourceBody body() {
        Supervisor.Paused pause = supervisor.paused();
        NextStart next = supervisor.nextStart();
        long pid = supervisor.pid();
        return new SourceBody(
                source.venue(),
                source.name(),
                feed.phase().toString(),
                pid < 0 ? null : pid,
                pause == null ? null : new SourceBody.Paused(pause.reason(), pause.since()),
                next == null ? null : next.at(),
                source.instruments().configured().stream()
                        .map(one -> new SourceBody.WantedInstrument(
                                InstrumentBody.of(one), instrumentsOfSettings.contains(one)))
                        .toList(),
                channels().stream()
                        .map(one -> new SourceBody.WantedChannel(
                                one, source.channels().contains(one)))
                        .toList());
    }

    /** Replaces the process; ends a cool-down, or the wait for another configuration. */
    synchronized SourceChangeResponse restart() throws ApiException {
        goesOn();
        if (supervisor.paused() != null) {
            refuseManaged();
            throw new ApiException(409, "the connector of " + venue() + " is " + supervisor.paused() + "; resume it");
        }
        boolean runs = supervisor.restart(REASON);
        LOG.warn("connector_restart_requested source={} pid={}", venue(), runs ? supervisor.pid() : "none");
        return changed(runs ? BY_RESTART : BY_START);
    }

    /** Ends the process, and starts none until the connector is resumed. */
    synchronized SourceChangeResponse pause() throws ApiException {
        goesOn();
        refuseManaged();
        if (supervisor.paused() != null) {
            return changed(BY_NOTHING);
        }
        supervisor.pause(PAUSED);
        return changed(BY_RESTART);
    }

    /** Starts a process after a pause. */
    synchronized SourceChangeResponse resume() throws ApiException {
        refuseManaged();
        return changed(supervisor.unpause() ? BY_START : BY_NOTHING);
    }

    private SourceChangeResponse changed(String by) {
        return new SourceChangeResponse(by, List.of(), body());
    }

    private void refuseManaged() throws ApiException {
        if (wanted.managedBy() != null) {
            throw new ApiException(409, venue() + ' ' + wanted.managedBy());
        }
    }

    private void goesOn() throws ApiException {
        if (feed.phase() == Phase.FINISHED || feed.phase() == Phase.STOPPED) {
            throw new ApiException(409, "the feed of " + venue() + " has ended");
        }
    }

    /** Subscribes all channels of an instrument. */
    synchronized SourceChangeResponse addInstrument(String text) throws ApiException, InterruptedException {
        InstrumentId instrument = instrument(text);
        List<InstrumentId> now = source.instruments().configured();
        if (now.contains(instrument)) {
            return changed(BY_NOTHING);
        }
        List<String> all = channels();
        check(Stream.concat(now.stream(), Stream.of(instrument)).toList(), all);
        refuseOtherMeaning(
                instrument,
                now,
                Stream.concat(now.stream(), Stream.of(instrument)).toList());
        source.instruments().add(instrument);
        wanted.added(instrument);
        Added added = add(List.of(instrument), all, () -> {
            source.instruments().remove(instrument);
            wanted.notAdded(instrument);
        });
        LOG.warn("instrument_added symbol={} by={}: until the program ends", instrument.market(), added.by());
        return new SourceChangeResponse(added.by(), added.replies(), body());
    }

    /** Unsubscribes an instrument and releases what is kept of it. */
    synchronized SourceChangeResponse removeInstrument(String text) throws ApiException, InterruptedException {
        InstrumentId instrument = instrument(text);
        List<InstrumentId> now = source.instruments().configured();
        if (!now.contains(instrument)) {
            throw new ApiException(
                    404, instrument.market() + " is no instrument of " + venue() + "; GET /sources lists them");
        }
        if (wanted.inUse(instrument)) {
            throw new ApiException(
                    409, instrument.market() + " has a paper position or an open order; close it or cancel it first");
        }
        List<InstrumentId> left =
                now.stream().filter(one -> !one.equals(instrument)).toList();
        check(left, channels());
        refuseOtherMeaning(instrument, now, left);
        String by = remove(s -> s.instrument().equals(instrument));
        source.instruments().remove(instrument); // only now: its last events are no dead letters
        wanted.removed(instrument);
        LOG.warn("instrument_removed symbol={} by={}: until the program ends", instrument.market(), by);
        return changed(by);
    }

    /** Subscribes a channel of all instruments. */
    synchronized SourceChangeResponse addChannel(String text) throws ApiException, InterruptedException {
        String channel = channel(text);
        List<String> now = channels();
        if (now.contains(channel)) {
            return changed(BY_NOTHING);
        }
        List<InstrumentId> all = source.instruments().configured();
        check(all, Stream.concat(now.stream(), Stream.of(channel)).toList());
        Added added = add(all, List.of(channel), () -> {});
        LOG.warn("channel_added channel={} source={} by={}: until the program ends", channel, venue(), added.by());
        return new SourceChangeResponse(added.by(), added.replies(), body());
    }

    /** Unsubscribes a channel of all instruments. */
    synchronized SourceChangeResponse removeChannel(String text) throws ApiException, InterruptedException {
        String channel = channel(text);
        List<String> now = channels();
        if (!now.contains(channel)) {
            throw new ApiException(404, channel + " is no channel of " + venue() + "; GET /sources lists them");
        }
        check(
                source.instruments().configured(),
                now.stream().filter(one -> !one.equals(channel)).toList());
        String by = remove(s -> s.channel().equals(channel));
        LOG.warn("channel_removed channel={} source={} by={}: until the program ends", channel, venue(), by);
        return changed(by);
    }

    /**
     * How subscriptions were added.
     *
     * @param replies of the connector
     */
    private record Added(String by, List<SourceChangeResponse.AddedSubscription> replies) {}

    private Added add(List<InstrumentId> instruments, List<String> added, Runnable undo)
            throws ApiException, InterruptedException {
        boolean confirms = confirms();
        List<Map<String, Object>> lines = subscriptions.add(instruments, added);
        Set<String> ids = ids(lines);
        String by = send(lines, ids, confirms);
        List<Subscription> asked =
                subscriptions.all().stream().filter(s -> ids.contains(s.id())).toList();
        List<Subscription> refused = asked.stream()
                .filter(s -> s.state() == Subscription.State.REFUSED || s.state() == Subscription.State.ENDED)
                .toList();
        if (!refused.isEmpty()) {
            remove(s -> ids.contains(s.id()));
            undo.run();
            Subscription first = refused.get(0);
            throw new ApiException(
                    409,
                    "the connector refuses " + first.channel() + " of "
                            + first.instrument().market() + ": " + first.reason() + "; nothing was changed");
        }
        return new Added(
                by,
                asked.stream()
                        .limit(MAX_REPLIES)
                        .map(s -> new SourceChangeResponse.AddedSubscription(
                                s.channel(),
                                InstrumentBody.of(s.instrument()),
                                s.state().toString(),
                                s.reason()))
                        .toList());
    }

    private String remove(Predicate<Subscription> meant) throws InterruptedException {
        boolean confirms = confirms();
        List<Map<String, Object>> lines = subscriptions.remove(meant);
        return send(lines, ids(lines), confirms);
    }

    /** Whether the running process has confirmed a subscription, and so reads commands. */
    private boolean confirms() {
        return supervisor.pid() >= 0 && subscriptions.confirms();
    }

    /**
     * Sends commands to a process that reads them. One that does not, and does not answer any of them although it has
     * not lost the exchange, is replaced.
     */
    private String send(List<Map<String, Object>> lines, Set<String> ids, boolean confirms)
            throws InterruptedException {
        if (lines.isEmpty()) {
            return BY_NOTHING;
        }
        if (confirms) {
            lines.forEach(commands);
            if (subscriptions.await(ids, ANSWER_MILLIS)
                    || feed.snapshot().link().lost()) {
                return BY_COMMAND;
            }
        }
        if (supervisor.restart(CHANGED)) {
            return BY_RESTART;
        }
        subscriptions.forget(); // none has been sent
        return BY_START;
    }

    private static Set<String> ids(List<Map<String, Object>> lines) {
        Set<String> ids = new LinkedHashSet<>();
        lines.forEach(line -> ids.add(line.get("id").toString()));
        return ids;
    }

    private void check(List<InstrumentId> instruments, List<String> all) throws ApiException {
        List<String> faults = rules.faults(source, instruments, all, wanted.others());
        if (!faults.isEmpty()) {
            throw new ApiException(400, String.join("; ", faults));
        }
    }

    /** What a line without a category means must not change while the connector runs. */
    private void refuseOtherMeaning(InstrumentId changed, List<InstrumentId> now, List<InstrumentId> then)
            throws ApiException {
        String before = meaning(changed.symbol(), now);
        String after = meaning(changed.symbol(), then);
        if (before != null && after != null && !before.equals(after)) {
            throw new ApiException(
                    409,
                    "lines of " + changed.symbol() + " without a category mean " + before + " now and would mean "
                            + after + "; set SYMBOL and restart the program");
        }
    }

    /** The category that a line without one means: that of the only instrument of its symbol, else the default one. */
    private String meaning(String symbol, List<InstrumentId> all) {
        List<InstrumentId> same =
                all.stream().filter(one -> one.symbol().equals(symbol)).toList();
        return same.isEmpty() ? null : same.size() == 1 ? same.get(0).category() : source.category();
    }

    private InstrumentId instrument(String text) throws ApiException {
        try {
            return rules.instrument(source, text);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, e.getMessage());
        }
    }

    private String channel(String text) throws ApiException {
        try {
            return rules.channel(source, text);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, e.getMessage());
        }
    }
}
