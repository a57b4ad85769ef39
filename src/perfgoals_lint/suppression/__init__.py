"""What stands between findings and reports: severities, comments, exceptions, the baseline, an earlier revision."""
