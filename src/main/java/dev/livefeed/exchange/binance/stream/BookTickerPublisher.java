package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.Book;
import dev.livefeed.exchange.wire.AsciiText;

/** The best prices and sizes, whenever one of them has changed. */
final class BookTickerPublisher extends BinancePublisher {

    private String sent = "";

    BookTickerPublisher(BinanceStream stream, MarketData data) {
        super(stream, data);
    }

    @Override
    protected void publish(long now) {
        Book book = data().market().book();
        if (book.bids().count() == 0 || book.asks().count() == 0) {
            return;
        }
        AsciiText touch =
                new AsciiText(128).add("\"s\":\"").add(data().symbol()).add("\",\"b\":\"");
        numbers().price(touch, book.bids().price(0));
        touch.add("\",\"B\":\"");
        numbers().size(touch, book.bids().size(0));
        touch.add("\",\"a\":\"");
        numbers().price(touch, book.asks().price(0));
        touch.add("\",\"A\":\"");
        numbers().size(touch, book.asks().size(0));
        touch.add('"');
        String text = touch.toString();
        if (text.equals(sent)) {
            return;
        }
        sent = text;
        AsciiText event = event().add('{');
        if (!spot()) {
            event.add("\"e\":\"bookTicker\",");
        }
        event.add("\"u\":").add(data().updateId()).add(',').add(touch);
        if (!spot()) {
            event.add(",\"T\":").add(book.changedAt()).add(",\"E\":").add(now);
        }
        send(event.add('}'));
    }
}
