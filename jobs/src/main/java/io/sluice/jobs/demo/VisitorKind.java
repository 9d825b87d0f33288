package io.sluice.jobs.demo;

/** Why people come to the shop, and how many of a hundred come for it. */
public enum VisitorKind {
    /** Looks around and leaves. */
    GUEST(35) {
        @Override
        void visit(Visitor visitor) throws InterruptedException {
            if (visitor.chance(70)) {
                visitor.home();
            }
            for (int searches = visitor.between(1, 3); searches > 0; searches--) {
                visitor.search();
                for (int books = visitor.between(0, 3); books > 0; books--) {
                    visitor.openBook();
                    if (visitor.chance(35)) {
                        visitor.readReviews();
                    }
                    if (visitor.chance(25)) {
                        visitor.openAuthor();
                    }
                }
            }
        }
    },
    /** Registers, logs in and looks around. */
    NEWCOMER(15) {
        @Override
        void visit(Visitor visitor) throws InterruptedException {
            visitor.home();
            enter(visitor);
            if (visitor.chance(50)) {
                visitor.showProfile();
            }
            for (int searches = visitor.between(1, 2); searches > 0; searches--) {
                visitor.search();
                visitor.openBook();
            }
        }
    },
    /** Fills a cart and orders. */
    BUYER(25) {
        @Override
        void visit(Visitor visitor) throws InterruptedException {
            for (int looks = visitor.between(0, 2); looks > 0; looks--) {
                visitor.search();
                visitor.openBook();
            }
            enter(visitor);
            int books = visitor.between(1, 3);
            for (int book = 0; book < books; book++) {
                visitor.search();
                visitor.openBook();
                visitor.addToCart();
            }
            visitor.showCart();
            if (books > 1 && visitor.chance(40)) {
                visitor.removeLastItem();
                visitor.showCart();
            }
            visitor.placeOrder();
            for (int looks = visitor.between(1, 2); looks > 0; looks--) {
                visitor.showOrder();
            }
        }
    },
    /** Keeps name, telephone and address in order. */
    KEEPER(15) {
        @Override
        void visit(Visitor visitor) throws InterruptedException {
            enter(visitor);
            visitor.showProfile();
            for (int changes = visitor.between(1, 2); changes > 0; changes--) {
                visitor.changeProfile();
                visitor.showProfile();
            }
        }
    },
    /** Says what the books are like. */
    REVIEWER(10) {
        @Override
        void visit(Visitor visitor) throws InterruptedException {
            enter(visitor);
            for (int reviews = visitor.between(1, 3); reviews > 0; reviews--) {
                visitor.search();
                visitor.openBook();
                visitor.readReviews();
                visitor.writeReview();
            }
            visitor.readReviews();
        }
    };

    private final int percent;

    VisitorKind(int percent) {
        this.percent = percent;
    }

    /** How many of a hundred visitors are of this kind. */
    public int percent() {
        return percent;
    }

    abstract void visit(Visitor visitor) throws InterruptedException;

    private static void enter(Visitor visitor) throws InterruptedException {
        visitor.register();
        visitor.logIn();
    }
}
