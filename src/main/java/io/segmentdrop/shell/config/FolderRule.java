package io.segmentdrop.shell.config;

import io.segmentdrop.shell.config.DropSource.Local;
import io.segmentdrop.shell.config.DropSource.Sftp;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** No folder serves two ends: two drops, a drop and what is in custody, a drop and the routes. Links are followed first. */
record FolderRule() implements StartupRule {

    /** The home's folders whose content would be taken for a partner's. The spool is an SFTP drop's own folder, see {@link #folder}. */
    private static final List<String> CUSTODY = List.of("work", "archive", "dead-letter");

    private record Place(String drop, Path folder) {}

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        try {
            Path home = real(properties.homeFolder());
            List<Place> places = places(properties, home);
            apart(places, refuse);
            places.forEach(place -> refuse.unless(
                    place.folder().toString().indexOf('?') < 0,
                    StartupRule.dropKey(place.drop(), "from"),
                    "expected a path without a question mark, found " + place.folder()));
            places.forEach(place -> awayFromHome(place, home, refuse));
            outside(places, SegmentDropProperties.PREFIX + ".routes", real(properties.routesFolder()), refuse);
        } catch (InvalidPathException e) {
            refuse.because(
                    SegmentDropProperties.PREFIX + ".home",
                    "expected a path of this machine here and in routes, found \"" + e.getInput() + "\"");
        }
    }

    private static List<Place> places(SegmentDropProperties properties, Path home) {
        List<Place> places = new ArrayList<>();
        Sources.of(properties).forEach((name, source) -> places.add(new Place(name, folder(name, source, home))));
        return places;
    }

    private static Path folder(String name, DropSource source, Path home) {
        return switch (source) {
            case Local local -> real(local.folder());
            case Sftp server -> home.resolve("spool").resolve(name);
        };
    }

    private static void apart(List<Place> places, Refuse refuse) {
        for (int i = 1; i < places.size(); i++) {
            for (Place earlier : places.subList(0, i)) {
                String fault = overlap(earlier.folder(), places.get(i).folder());
                refuse.unless(
                        fault.isEmpty(),
                        StartupRule.dropKey(places.get(i).drop(), "from"),
                        "expected a folder of its own, found " + fault + " drop " + earlier.drop() + " ("
                                + earlier.folder() + ")");
            }
        }
    }

    private static String overlap(Path earlier, Path later) {
        if (later.equals(earlier)) {
            return "the folder of";
        }
        if (later.startsWith(earlier)) {
            return "a folder inside that of";
        }
        return earlier.startsWith(later) ? "a folder that holds that of" : "";
    }

    private static void awayFromHome(Place place, Path home, Refuse refuse) {
        outside(List.of(place), SegmentDropProperties.PREFIX + ".home", home, refuse);
        CUSTODY.stream()
                .filter(name -> place.folder().startsWith(home.resolve(name)))
                .forEach(name -> refuse.because(
                        StartupRule.dropKey(place.drop(), "from"),
                        "expected a folder outside of what is in custody, found one in " + home.resolve(name)));
    }

    private static void outside(List<Place> places, String key, Path folder, Refuse refuse) {
        places.stream()
                .filter(place -> folder.startsWith(place.folder()))
                .forEach(place -> refuse.because(
                        key,
                        "expected a folder outside every drop, found " + folder + " in drop " + place.drop() + " ("
                                + place.folder() + "), where its partner could write"));
    }

    /** The path with its links followed, as far as it exists. */
    private static Path real(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(path));
            } catch (IOException e) {
                // not there, or not to be seen: try its parent
            }
        }
        return path;
    }
}
