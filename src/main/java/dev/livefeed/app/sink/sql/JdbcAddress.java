package dev.livefeed.app.sink.sql;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database and the login for it. Its driver may be a library beside the jar. */
public final class JdbcAddress {

    private static final Pattern URL = Pattern.compile("jdbc:postgresql:(//(?<hosts>[^/?\\s]*)|(?!//)\\S)\\S*");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]]*)(:(?<port>\\d{1,5}))?");
    private static final int MAX_PORT = 65_535;
    private static final Pattern LOGIN = Pattern.compile("[?&](user|password)=|//[^/]*@");
    /** Seconds without an answer after which an attempt has failed. A URL may set other values. */
    private static final String ANSWER_SECONDS = "60";

    private static final String CONNECT_SECONDS = "10";
    /** Of the driver, which writes lines of its own to stderr at each attempt; failures are exceptions too. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final String url;
    private final String user;
    private final String password;
    /** That of the thread that has made this, since it knows the libraries beside the jar. */
    private final ClassLoader libraries = Thread.currentThread().getContextClassLoader();

    /** @param user empty: that of the operating system; password empty: none */
    public JdbcAddress(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * Checks a URL.
     *
     * @throws IllegalArgumentException with the rule
     */
    public static void check(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches() || matcher.group("hosts") != null && !areHosts(matcher.group("hosts"))) {
            throw new IllegalArgumentException(
                    "SINKS names sql, so it must be a JDBC URL such as jdbc:postgresql://127.0.0.1:5432/market");
        }
    }

    private static boolean areHosts(String list) {
        for (String text : list.split(",", -1)) {
            Matcher host = HOST.matcher(text);
            if (!host.matches() || host.group("port") != null && Integer.parseInt(host.group("port")) > MAX_PORT) {
                return false;
            }
        }
        return true;
    }

    /** Whether a URL contains a user or a password. */
    public static boolean hasLogin(String url) {
        return LOGIN.matcher(url).find();
    }

    /** Whether a driver for the URL is installed. */
    public static boolean hasDriver(String url) {
        return driver(url, Thread.currentThread().getContextClassLoader()) != null;
    }

    private static Driver driver(String url, ClassLoader libraries) {
        Iterator<Driver> drivers = ServiceLoader.load(Driver.class, libraries).iterator();
        while (true) {
            try {
                if (!drivers.hasNext()) {
                    return null;
                }
                Driver driver = drivers.next();
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (ServiceConfigurationError | SQLException e) {
                // Not this one.
            }
        }
    }

    /** Opens a connection. */
    Connection connect() throws SQLException {
        Driver driver = driver(url, libraries);
        if (driver == null) {
            throw new SQLException("no JDBC driver is installed for " + url);
        }
        Properties options = new Properties();
        options.setProperty("ApplicationName", "livefeed");
        options.setProperty("connectTimeout", CONNECT_SECONDS);
        options.setProperty("loginTimeout", CONNECT_SECONDS);
        options.setProperty("socketTimeout", ANSWER_SECONDS);
        options.setProperty("tcpKeepAlive", "true");
        if (!user.isEmpty()) {
            options.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            options.setProperty("password", password);
        }
        return driver.connect(url, options);
    }
}
