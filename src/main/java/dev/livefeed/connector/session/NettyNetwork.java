package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Host;
import dev.livefeed.connector.session.access.NetworkAccess;
import dev.livefeed.connector.session.access.ProxyAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * The network of one connector. Runs on a single event loop thread, which is also the feed's thread.
 *
 * <p>Buffers are heap buffers from a small pool of their own, so that parsers can read message contents in place.
 */
public final class NettyNetwork implements Network {

    private static final int READ_BUFFER = 64 * 1024;

    private final EventLoop loop;
    private final Host host;
    private final Duration openTimeout;
    private final Duration responseTimeout;
    private final NameResolver names;
    private final NetworkAccess access;
    private final ByteBufAllocator buffers = smallPool();
    private final Map<Integer, HostDialer.Dial> links = new HashMap<>();
    private final HostDialer dialer;
    private SslContext tls;
    private NetworkFeed feed;
    private HttpClient http;

    /**
     * @param loop from {@link #newLoop}
     * @param openTimeout for each of name lookup, TCP connect, TLS handshake and WebSocket handshake
     * @param responseTimeout for a complete HTTP response
     */
    public NettyNetwork(
            ScheduledExecutorService loop,
            Host host,
            Duration openTimeout,
            Duration responseTimeout,
            NetworkAccess access) {
        this(loop, host, openTimeout, responseTimeout, access, new NameResolver(openTimeout));
    }

    NettyNetwork(
            ScheduledExecutorService loop,
            Host host,
            Duration openTimeout,
            Duration responseTimeout,
            NetworkAccess access,
            NameResolver names) {
        this.loop = (EventLoop) loop;
        this.names = names;
        this.access = access;
        this.host = host;
        this.openTimeout = openTimeout;
        this.responseTimeout = responseTimeout;
        Bootstrap bootstrap = new Bootstrap()
                .group(this.loop)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BUFFER))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
        this.dialer = new HostDialer(this.loop, bootstrap, names);
    }

    /** Creates an event loop with one thread. */
    public static ScheduledExecutorService newLoop(String name) {
        return new NioEventLoopGroup(1, new DefaultThreadFactory(name, true)).next();
    }

    /** Sets the receiver of all events. Must be called before any connection is opened or request is sent. */
    public void listener(NetworkFeed listener) {
        this.feed = listener;
        Duration connectTimeout = openTimeout.compareTo(responseTimeout) < 0 ? openTimeout : responseTimeout;
        this.http = new HttpClient(this, connectTimeout, access.headers(), host, listener, responseTimeout);
    }

    @Override
    public void open(int link, URI uri) {
        links.put(link, dial(uri, openTimeout, new OpeningLink(link, uri)));
    }

    @Override
    public void send(int link, String text) {
        HostDialer.Dial dial = links.get(link);
        if (dial != null && dial.channel() != null) {
            WebSocketHandler.send(dial.channel(), text);
        }
    }

    @Override
    public void ping(int link) {
        HostDialer.Dial dial = links.get(link);
        if (dial != null && dial.channel() != null) {
            WebSocketHandler.ping(dial.channel());
        }
    }

    @Override
    public void close(int link) {
        HostDialer.Dial dial = links.remove(link);
        if (dial != null) {
            dial.close();
            if (dial.channel() != null) {
                WebSocketHandler.closeSilently(dial.channel());
            }
        }
    }

    @Override
    public void get(int request, URI uri) {
        http.get(request, uri);
    }

    @Override
    public void end() {
        List.copyOf(links.keySet()).forEach(this::close);
        http.end();
        dialer.end();
        names.close();
    }

    /** Connects to the URI's host, through a proxy if one is configured for it. */
    HostDialer.Dial dial(URI uri, Duration timeout, HostDialer.Caller caller) {
        return dialer.dial(uri, access.proxies().of(uri), timeout, caller);
    }

    /**
     * Adds the handlers that reach the URI's host through the proxy, if there is one.
     *
     * @param proxyAddress from {@link HostDialer.Caller#prepare}
     */
    void addProxy(ChannelPipeline pipeline, URI uri, InetSocketAddress proxyAddress) throws SSLException {
        ProxyAddress proxy = access.proxies().of(uri);
        if (proxy != null) {
            SslHandler ssl = proxy.kind() == ProxyAddress.Kind.HTTPS ? sslHandler(proxy.host(), proxy.port()) : null;
            ProxyTunnel.addTo(pipeline, proxy, proxyAddress, ssl, openTimeout);
        }
    }

    /** A TLS handler for the URI's host, or null if its scheme is not secure. */
    SslHandler sslHandler(URI uri) throws SSLException {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("wss") || scheme.equals("https") ? sslHandler(uri.getHost(), port(uri)) : null;
    }

    private SslHandler sslHandler(String name, int port) throws SSLException {
        if (tls == null) {
            tls = SslContextBuilder.forClient().build();
        }
        SslHandler ssl = tls.newHandler(buffers, name.replaceAll("[\\[\\]]", ""), port);
        SSLParameters parameters = ssl.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        ssl.engine().setSSLParameters(parameters);
        ssl.setHandshakeTimeoutMillis(openTimeout.toMillis());
        return ssl;
    }

    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("wss") || scheme.equals("https") ? 443 : 80;
    }

    /** Passes an event to the feed outside of a socket read. */
    static void notifyFeed(Host host, Runnable event) {
        try {
            event.run();
            host.outbox().flush();
        } catch (RuntimeException | Error e) {
            host.crash(e);
        }
    }

    private static ByteBufAllocator smallPool() {
        // One arena of each kind with chunks of 1 MiB: one thread uses few buffers at a time.
        return new PooledByteBufAllocator(false, 1, 1, 8192, 7, 256, 64, false);
    }

    /** A WebSocket that is being opened. */
    private final class OpeningLink implements HostDialer.Caller {

        private final int link;
        private final URI uri;

        OpeningLink(int link, URI uri) {
            this.link = link;
            this.uri = uri;
        }

        @Override
        public void prepare(Channel channel, InetSocketAddress proxyAddress) throws SSLException {
            addProxy(channel.pipeline(), uri, proxyAddress);
            new WebSocketHandler(link, uri, access.headers(), feed, host, openTimeout)
                    .addTo(channel.pipeline(), sslHandler(uri));
        }

        @Override
        public void connected(Channel channel) {
            HostDialer.Dial dial = links.get(link);
            WebSocketHandler handler = channel.pipeline().get(WebSocketHandler.class);
            channel.closeFuture().addListener(closed -> {
                links.remove(link);
                if (!handler.opened()) {
                    dial.avoid();
                }
            });
        }

        @Override
        public void failed(String reason) {
            links.remove(link);
            notifyFeed(host, () -> feed.closed(link, "cannot connect to " + uri.getHost() + ": " + reason, 0));
        }
    }
}
