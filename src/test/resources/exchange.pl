# A hostile sender: exchanges what it dropped for a pipe and back, as fast as it can, until it is ended.
#   exchange.pl csv FOLDER SIDECAR CSV    eight pairs, whose CSVs are pipes half of the time
#   exchange.pl receipts FOLDER           the folder receipts, which is a pipe half of the time
use strict;
use warnings;
use POSIX qw(mkfifo uname);

my ($what, $folder, $sidecar, $csv) = @ARGV;
chdir $folder or die "expected a folder at $folder";

# renameat2 with RENAME_EXCHANGE: both names are there at every moment
my $renameat2 = (uname())[4] eq 'x86_64' ? 316 : 276;

sub exchange {
    my ($one, $other) = @_;
    syscall($renameat2, -100, $one, -100, $other, 2);
}

sub whole {
    my ($name, $content) = @_;
    open(my $out, '>', '.growing') or return;
    print $out $content;
    close($out);
    rename('.growing', $name);
}

sub pair {
    my ($i) = @_;
    whole("x-$i.csv", $csv) unless lstat("x-$i.csv");
    whole("x-$i.csv.json", $sidecar) unless lstat("x-$i.csv.json");
    mkfifo(".pipe-$i", 0644) unless lstat(".pipe-$i");
}

while (1) {
    if ($what eq 'csv') {
        pair($_) for 0 .. 7;
    } else {
        mkfifo('.pipe', 0644) unless lstat('.pipe');
    }
    for (1 .. 500) {
        if ($what eq 'csv') {
            exchange("x-$_.csv", ".pipe-$_") for 0 .. 7;
        } else {
            exchange('receipts', '.pipe');
        }
    }
    select(undef, undef, undef, 0.001);
}
