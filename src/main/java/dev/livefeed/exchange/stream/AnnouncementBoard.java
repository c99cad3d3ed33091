package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.stream.SystemAnnouncement.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The announcements of maintenance, which begin and end by themselves. Not thread-safe. */
public final class AnnouncementBoard {

    private static final int MAX_KEPT = 100;

    private final List<SystemAnnouncement> all = new ArrayList<>();
    private final List<SystemAnnouncement> changed = new ArrayList<>();

    /** Adds an announcement; the oldest one is dropped if there are too many. */
    public SystemAnnouncement add(
            String title, long begin, long end, List<Integer> products, List<Integer> services, long now) {
        SystemAnnouncement added = new SystemAnnouncement(
                new UUID(now, all.size() + 1L).toString(), title, State.SCHEDULED, begin, end, products, services);
        if (all.size() >= MAX_KEPT) {
            all.remove(0);
        }
        all.add(added);
        changed(added);
        advance(now);
        return added;
    }

    /** Cancels what has not begun and completes what has. */
    public void clear(long now) {
        change(one -> one.state().over()
                ? one
                : one.now(one.state() == State.SCHEDULED ? State.CANCELED : State.COMPLETED, now));
    }

    /** Begins and ends what is due. */
    void advance(long now) {
        change(one -> {
            if (one.state().over()) {
                return one;
            }
            State due = now >= one.end() ? State.COMPLETED : now >= one.begin() ? State.ONGOING : State.SCHEDULED;
            return due == one.state() ? one : one.now(due, one.end());
        });
    }

    private void change(UnaryOperator<SystemAnnouncement> step) {
        all.replaceAll(one -> {
            SystemAnnouncement now = step.apply(one);
            if (now != one) {
                changed(now);
            }
            return now;
        });
    }

    private void changed(SystemAnnouncement one) {
        if (changed.size() >= MAX_KEPT) {
            changed.remove(0);
        }
        changed.add(one);
    }

    /** Removes and returns what has changed since the last call. */
    List<SystemAnnouncement> takeChanged() {
        List<SystemAnnouncement> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }

    /** All rows in the venue's form, the newest first. */
    public String rows() {
        List<SystemAnnouncement> newestFirst = new ArrayList<>(all);
        Collections.reverse(newestFirst);
        return rows(newestFirst);
    }

    /** A JSON list in the venue's form. */
    static String rows(List<SystemAnnouncement> announcements) {
        return announcements.stream().map(AnnouncementBoard::row).collect(Collectors.joining(",", "[", "]"));
    }

    private static String row(SystemAnnouncement one) {
        return "{\"id\":\"" + one.id() + "\",\"title\":" + Replies.quote(one.title()) + ",\"state\":\""
                + one.state().name().toLowerCase(Locale.ROOT) + "\",\"begin\":\"" + one.begin() + "\",\"end\":\""
                + one.end() + "\",\"href\":\"\",\"serviceTypes\":" + one.services() + ",\"product\":" + one.products()
                + ",\"uidSuffix\":[],\"maintainType\":1,\"env\":1}";
    }
}
