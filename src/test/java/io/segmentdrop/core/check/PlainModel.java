package io.segmentdrop.core.check;

import java.util.Random;

/** Makes files from a seed of which nearly every row is one that no rule has anything to say about. */
final class PlainModel {

    private static final String[] NAMES = {"Ann", "O'Neil", "", "Bob B.", "\"Ann, B.\"", "\"\"", "Nancy", "n", "NULL"};
    private static final String[] NUMBERS = {"12345", "9.99", "", "\"0\"", "1.2345", "1.23E+15", "-7", "+49 30 1"};
    private static final String[] CITIES = {"Oslo", "New York", "\"Springfield, MA\"", "x".repeat(70), "None", "=1+1"};
    private static final String[] TAGS = {"VIP", "\"VIP,News\"", "", "\"\"", "Other", "\"News,\"", "y".repeat(100)};
    private static final String[] ODD = {
        "nobody,a,b,c,d\n",
        "a@b.co,a,b,c\n",
        "a@b.co,a\"b,b,c,d\n",
        "\n",
        "a@b.co,\"a\"\"b\",1,c,\n",
        "a@b.co,a,b,c,d\r\n",
        "a@b.co,M\u00fcller,1,c,\n",
        "a@b.co, \"a\" ,1,c,\n",
        "a@b.co,\"a\nb\",1,c,d\n",
        "a@b.co,\"a\r\nb\",1,c,d\n",
        "a@b.co,a,1,c,\"d\ne\"\n",
        "a@b.co,\"\"\"a, \"\"\n\"\"\",\"\"\"\",\"\",\"\"\"d\"\"\"\n",
        "\"a@b.co\",\"\u00e9\",1,\u65e5\u672c,\u00e9\n",
        "a@b.co,\u201ca\u201d,1,\u00c3\u00bc,d\n",
        "a@b.co,\"a\"\u00e9,1,c,d\n",
        "a@b.co,a\u2028b,1,c\u0085,d\n",
        "a@b.co,a,1,c,d\ra@b.co,a,1,c,d\n",
        "a@b.co,a\rb@c.co,1,2,c,d\n",
        "\u00fc@b.co,a,1,c,d\n",
        "\ufeffa@b.co,a,1,c,d\n",
        "a@b.co,a\tb,1,c\u007f,d\n",
        "\"nobody\",\"a\"\"\",\"1\",\"c,\",\"d\"\n",
        " ,a, 1 ,c,d\n",
        "nobody\n",
        "nobody,a,b\n",
        "nobody,a,b,c,d,e,f,g,h\n",
        "email,varr_name,x,y,z\n"
    };

    /** The file. */
    final String text;

    private final Random random;

    PlainModel(long seed) {
        random = new Random(seed);
        StringBuilder file = new StringBuilder("email,varr_name,varr_number,varr_city,tag-add\n");
        boolean anyOdd = random.nextInt(3) > 0;
        for (int i = random.nextInt(80); i >= 0; i--) {
            file.append(anyOdd && random.nextInt(10) == 0 ? one(ODD) : row());
        }
        if (random.nextInt(5) == 0) {
            file.setLength(file.length() - 1);
        }
        text = file.toString();
    }

    private String row() {
        return address() + "," + usual(NAMES, 7) + "," + usual(NUMBERS, 4) + "," + usual(CITIES, 4) + ","
                + usual(TAGS, 4) + "\n";
    }

    private String address() {
        String local = "user" + ".-_+x0".charAt(random.nextInt(6)) + random.nextInt(100_000_000);
        String domain = random.nextInt(4) == 0 ? "mail-" + random.nextInt(10) + ".example.co.uk" : "example.com";
        String address = local + "@" + domain;
        return random.nextInt(6) == 0 ? '"' + address + '"' : random.nextInt(12) == 0 ? " " + address : address;
    }

    /** One of the first, and now and then one of the others. */
    private String usual(String[] all, int first) {
        return all[random.nextInt(random.nextInt(10) == 0 ? all.length : first)];
    }

    private String one(String[] all) {
        return all[random.nextInt(all.length)];
    }
}
