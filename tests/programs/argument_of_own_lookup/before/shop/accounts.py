def balance(account):
    rows = dict(line.strip().split("=") for line in open("accounts.txt"))
    return rows.get(account, "none")
