package dev.livefeed.app.login;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Sessions of browsers, in memory: they end after twelve hours, when the program ends, or when their token is removed.
 * The oldest gives way beyond a thousand. Thread-safe.
 */
public final class LoginSessions {

    /** How long a session lasts, seconds. */
    public static final long SECONDS = 12 * 3_600;

    static final int MOST = 1_000;

    private record Session(AccessToken token, long until) {}

    private final LongSupplier millis;
    /** By the hash of the id, so that the time of a search tells nothing about an id. */
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /** @param millis a clock that never goes back */
    public LoginSessions(LongSupplier millis) {
        this.millis = millis;
    }

    /** Opens a session; returns its id. */
    synchronized String open(AccessToken token) {
        removeEnded();
        if (sessions.size() >= MOST) {
            Iterator<String> oldest = sessions.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        String id = AccessToken.random();
        sessions.put(AccessToken.hash(id), new Session(token, millis.getAsLong() + SECONDS * 1_000));
        return id;
    }

    private void removeEnded() {
        long now = millis.getAsLong();
        sessions.values().removeIf(session -> session.until() <= now);
    }

    /** Who has opened the session of an id; null if it has ended. */
    LoginPrincipal find(String id) {
        String key = AccessToken.hash(id);
        AccessToken token = token(key);
        return token == null ? null : new LoginPrincipal(token, key);
    }

    /** The token of the session with this key; null if it has ended. */
    synchronized AccessToken token(String key) {
        Session session = sessions.get(key);
        return session == null || session.until() <= millis.getAsLong() ? null : session.token();
    }

    synchronized void end(String key) {
        sessions.remove(key);
    }
}
